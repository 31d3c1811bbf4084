// SPDX-License-Identifier: Apache-2.0
// The typed reads and the section reader.
#include "config/node.h"

#include <gmock/gmock.h>

#include "tests/unit/config/parsed.h"

namespace vedette::config {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto largest = std::numeric_limits<std::int64_t>::max();

// The value of `v` in the text, read by `read`.
template <class Read>
auto read_of(const std::string& text, Read read) {
  const auto root = parsed("v: " + text);
  Problems problems;
  return read(*root.find("v"), problems);
}
auto up_to_ten = [](const Node& n, Problems& p) { return read_integer(n, p, 0, 10); };
auto any_from_zero = [](const Node& n, Problems& p) { return read_integer(n, p, 0, largest); };

TEST(Read, TextIsAnyScalar) {
  EXPECT_EQ(read_of("200", read_text), "200");
  EXPECT_EQ(read_of("\"\"", read_text), "");
  EXPECT_EQ(problems_of_reading("v: [a]", read_text),
            "a.yaml:1:4: expected a text, found a list\n");
  EXPECT_EQ(problems_of_reading("v:", read_text), "a.yaml:1:1: expected a text, found nothing\n");
}

TEST(Read, BoolIsTrueOrFalseWithoutQuotes) {
  EXPECT_EQ(read_of("true", read_bool), true);
  EXPECT_EQ(read_of("false", read_bool), false);
  EXPECT_EQ(problems_of_reading("v: yes", read_bool),
            "a.yaml:1:4: expected true or false, found the text \"yes\"\n");
  EXPECT_EQ(problems_of_reading("v: 'true'", read_bool),
            "a.yaml:1:4: expected true or false, found the text \"true\" in quotes\n");
}

TEST(Read, IntegersHaveARange) {
  EXPECT_EQ(read_of("10", up_to_ten), 10);
  EXPECT_EQ(read_of("9223372036854775807", any_from_zero), largest);
  for (const auto* bad :
       {"11", "-1", "1.0", "0x1", "1_0", "'1'", "x", "[1]", "9223372036854775808"}) {
    EXPECT_EQ(read_of(bad, up_to_ten), std::nullopt) << bad;
  }
  EXPECT_EQ(problems_of_reading("v: 11", up_to_ten),
            "a.yaml:1:4: expected a whole number from 0 to 10, found the text \"11\"\n");
  EXPECT_EQ(problems_of_reading("v: -1", any_from_zero),
            "a.yaml:1:4: expected a whole number of at least 0, found the text \"-1\"\n");
}

TEST(Read, NumbersAreFinite) {
  EXPECT_EQ(read_of("0.25", read_number), 0.25);
  EXPECT_EQ(read_of("1e3", read_number), 1000.0);
  EXPECT_EQ(read_of("-7", read_number), -7.0);
  for (const auto* bad : {"inf", "nan", ".inf", "1e999", "1,5", "'1'", "x"}) {
    EXPECT_EQ(read_of(bad, read_number), std::nullopt) << bad;
  }
}

TEST(Read, SizesTakeBinaryUnits) {
  EXPECT_EQ(read_of("512", read_size), 512);
  EXPECT_EQ(read_of("10KiB", read_size), 10 * 1024);
  EXPECT_EQ(read_of("1MiB", read_size), 1024 * 1024);
  EXPECT_EQ(read_of("2GiB", read_size), 2LL * 1024 * 1024 * 1024);
  for (const auto* bad : {"-1", "1.5MiB", "10KB", "MiB", "9223372036854775807KiB", "'1'"}) {
    EXPECT_EQ(read_of(bad, read_size), std::nullopt) << bad;
  }
}

TEST(Read, DurationsSayWhatIsWrong) {
  EXPECT_EQ(read_of("1m30s", read_duration), Duration(90s));
  EXPECT_EQ(problems_of_reading("v: 30", read_duration),
            "a.yaml:1:4: \"30\" is no duration: it needs a unit (ms, s, m, h or d)\n");
  EXPECT_EQ(problems_of_reading("v: {}", read_duration),
            "a.yaml:1:4: expected a duration like 30s or 1m30s, found a map\n");
}

class SectionTest : public testing::Test {
 protected:
  Section section(std::string_view text) {
    root_ = parsed(text);
    return {root_, "a check", problems_};
  }
  Node root_;
  Problems problems_;
};

TEST_F(SectionTest, ReadsEveryType) {
  auto s = section(
      "t: x\nb: true\ni: 3\nn: 0.5\nd: 2s\nz: 1KiB\nc: red\nl: [a, b]\none: a\ns: hidden\n");
  EXPECT_EQ(s.text("t", ""), "x");
  EXPECT_TRUE(s.boolean("b", false));
  EXPECT_EQ(s.integer("i", 0, 0, 10), 3);
  EXPECT_EQ(s.number("n", 0), 0.5);
  EXPECT_EQ(s.duration("d", 0s, 0s, 1min), Duration(2s));
  EXPECT_EQ(s.size("z", 0, 0, 4096), 1024);
  EXPECT_EQ(s.choice("c", 0, {"green", "red"}), 1U);
  EXPECT_THAT(s.texts("l"), ElementsAre("a", "b"));
  EXPECT_THAT(s.texts("one"), ElementsAre("a"));
  EXPECT_EQ(s.secret("s"), Secret("hidden"));
  s.finish();
  EXPECT_EQ(problems_.text(), "");
}

TEST_F(SectionTest, FallsBackWhereAKeyIsAbsentOrNull) {
  auto s = section("i:\nt: ~\n");
  EXPECT_EQ(s.integer("i", 7, 0, 10), 7);
  EXPECT_EQ(s.text("t", "x"), "x");
  EXPECT_TRUE(s.boolean("b", true));
  EXPECT_EQ(s.number("n", 2.5), 2.5);
  EXPECT_EQ(s.duration("d", 3s, 0s, 1s), Duration(3s));
  EXPECT_EQ(s.size("z", 9, 0, 1), 9);
  EXPECT_EQ(s.choice("c", 1, {"green", "red"}), 1U);
  EXPECT_THAT(s.texts("l"), IsEmpty());
  EXPECT_EQ(s.secret("s"), std::nullopt);
  EXPECT_EQ(s.find("i"), nullptr);
  s.finish();
  EXPECT_EQ(problems_.text(), "");
}

TEST_F(SectionTest, FindsAllProblemsInOneGo) {
  auto s = section("i: 11\nb: 1\nd: 2h\nz: 5KiB\nc: rde\nl: {}\nk: 1\ntimout: 1s\n");
  EXPECT_EQ(s.integer("i", 7, 0, 10), 7);
  EXPECT_FALSE(s.boolean("b", false));
  EXPECT_EQ(s.duration("d", 1s, 0s, 1h), Duration(1s));
  EXPECT_EQ(s.size("z", 9, 1, 4096), 9);
  EXPECT_EQ(s.choice("c", 0, {"green", "red"}), 0U);
  EXPECT_THAT(s.texts("l"), IsEmpty());
  s.required_text("name");
  s.duration("timeout", 1s, 0s, 1h);
  s.finish();
  EXPECT_EQ(problems_.text(),
            "a.yaml:1:1: a check needs the key \"name\"\n"
            "a.yaml:1:4: expected a whole number from 0 to 10, found the text \"11\"\n"
            "a.yaml:2:4: expected true or false, found the text \"1\"\n"
            "a.yaml:3:4: \"d\" must be from 0s to 1h, found 2h\n"
            "a.yaml:4:4: \"z\" must be from 1 to 4096 bytes, found 5120\n"
            "a.yaml:5:4: \"c\" must be one of green, red, found the text \"rde\"; did you mean "
            "\"red\"?\n"
            "a.yaml:6:4: \"l\" must be a text or a list of texts, found a map\n"
            "a.yaml:7:1: a check has no key \"k\"; it knows i, b, d, z, c, l, name, timeout\n"
            "a.yaml:8:1: a check has no key \"timout\"; did you mean \"timeout\"?\n");
}

TEST_F(SectionTest, ARequiredTextIsNotEmpty) {
  auto s = section("name: ''\n");
  EXPECT_EQ(s.required_text("name"), "");
  EXPECT_EQ(problems_.text(), "a.yaml:1:7: \"name\" must not be empty\n");
}

TEST_F(SectionTest, OfWhatIsNoMapIsOneProblem) {
  auto s = section("[a]");
  EXPECT_EQ(s.required_text("name"), "");
  EXPECT_EQ(s.require("http"), nullptr);
  s.finish();
  EXPECT_EQ(problems_.text(), "a.yaml:1:1: a check must be a map of keys, found a list\n");
}

}  // namespace
}  // namespace vedette::config
