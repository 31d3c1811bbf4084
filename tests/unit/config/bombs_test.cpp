// SPDX-License-Identifier: Apache-2.0
// Hostile texts end in one problem, soon and in bounded memory.
#include <gmock/gmock.h>

#include "tests/unit/config/parsed.h"

namespace vedette::config {
namespace {

using testing::HasSubstr;

constexpr std::size_t mebibyte = 1 << 20;

std::string repeated(std::string_view piece, std::size_t bytes) {
  std::string text;
  while (text.size() < bytes) text += piece;
  return text;
}

std::string staircase(int steps) {
  std::string text;
  for (int i = 0; i < steps; ++i) text += std::string(static_cast<std::size_t>(i), ' ') + "a:\n";
  return text;
}

// Each level holds the one before nine times.
std::string laughs(int levels) {
  std::string text = "a0: &a0 ha\n";
  for (int i = 1; i <= levels; ++i) {
    const auto alias = "*a" + std::to_string(i - 1);
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [" + alias;
    for (int j = 1; j < 9; ++j) text += ", " + alias;
    text += "]\n";
  }
  return text;
}

struct Bomb {
  const char* what;
  std::string text;
  std::string problem;
};
void PrintTo(const Bomb& bomb, std::ostream* out) {
  *out << bomb.what;
}

class HostileText : public testing::TestWithParam<Bomb> {};

TEST_P(HostileText, EndInOneProblem) {
  Problems problems;
  EXPECT_FALSE(parse(GetParam().text, "a.yaml", problems));
  ASSERT_EQ(problems.sorted().size(), 1U);
  EXPECT_THAT(problems.text(), HasSubstr(GetParam().problem));
}

INSTANTIATE_TEST_SUITE_P(
    , HostileText,
    testing::Values(Bomb{"brackets", repeated("[", mebibyte), "nested"},
                    Bomb{"brackets in lines", repeated("[\n", mebibyte), "nested"},
                    Bomb{"braces", repeated("{a: ", mebibyte), "nested"},
                    Bomb{"brackets below a key", "a: " + repeated("[{", mebibyte), "nested"},
                    Bomb{"closed brackets",
                         repeated("[", mebibyte / 2) + repeated("]", mebibyte / 2), "nested"},
                    Bomb{"dashes", repeated("- ", mebibyte), "nested more than 40 deep"},
                    Bomb{"question marks", repeated("? ", mebibyte), "nested more than 40 deep"},
                    Bomb{"staircase", staircase(1400), "nested more than 40 deep"},
                    Bomb{"many small lists", "[" + repeated("[],", mebibyte), "too many brackets"},
                    Bomb{"many anchors on one value", repeated("&a ", mebibyte),
                         "multiple anchors"},
                    Bomb{"stars", repeated("*", mebibyte), "too many brackets"},
                    Bomb{"quotes", repeated("\"", mebibyte), "too many brackets"},
                    Bomb{"documents", repeated("---\n", mebibyte), "second document"},
                    Bomb{"colons", repeated("a: ", mebibyte), "no value can stand"},
                    Bomb{"exclamation marks", repeated("!", mebibyte), "tag handle"},
                    Bomb{"billion laughs", laughs(9), "too large here, with all aliases expanded"},
                    Bomb{"random bytes", repeated("\x8f\x12\xfe\x00\x33", mebibyte), "not UTF-8"}));

TEST(Bombs, ALongTextOverAndOverByAliasesIsTooLarge) {
  const auto text =
      "a: &a " + std::string(mebibyte, 'x') + "\nb: [" + repeated("*a, ", 400) + "]\n";
  EXPECT_THAT(problems_of(text), HasSubstr("too large here, with all aliases expanded"));
}

TEST(Bombs, AliasesCannotBuildWhatBracketsMayNot) {
  // Each line nests the one before ten deeper: harmless to the parser, endless to whoever walks the
  // tree.
  std::string text = "a0: &a0 x\n";
  for (int i = 1; i < 100; ++i) {
    text += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [[[[[[[[[[*a" +
            std::to_string(i - 1) + "]]]]]]]]]]\n";
  }
  EXPECT_EQ(problems_of(text), "a.yaml:5:19: lists and maps are nested more than 40 deep here\n");
}

TEST(Bombs, AMillionBytesOfTextAreJustAText) {
  const auto length = [](const std::string& text) { return parsed(text).find("a")->scalar.size(); };
  EXPECT_EQ(length("a: " + std::string(mebibyte, 'x')), mebibyte);
  EXPECT_EQ(length("a: \"" + repeated("x y\n ", mebibyte) + "\""), (mebibyte / 5 + 1) * 4);
  EXPECT_EQ(length("a: |\n" + repeated(" xxx\n", mebibyte)), (mebibyte / 5 + 1) * 4);
  EXPECT_EQ(length("a: '" + repeated("{\"x\": [1, 2]}, ", mebibyte) + "'"),
            (mebibyte / 15 + 1) * 15);
}

TEST(Bombs, AMillionBytesOfCommentsAreNothing) {
  EXPECT_EQ(parsed(repeated("# [{\n", mebibyte)).kind, Node::Kind::null);
}

TEST(Bombs, ATextOverTheLimitIsNotEvenLookedAt) {
  EXPECT_EQ(problems_of(std::string(64 * mebibyte, '[')),
            "a.yaml: is larger than 16777216 bytes\n");
}

TEST(Bombs, LimitsAreTheCallers) {
  EXPECT_EQ(problems_of("a: [b, c]", {.nodes = 5}), "");
  EXPECT_THAT(problems_of("a: [b, c]", {.nodes = 4}), HasSubstr("too large here"));
  EXPECT_EQ(problems_of("a: [b, c]", {.depth = 2}), "");
  EXPECT_THAT(problems_of("a: [b, c]", {.depth = 1}), HasSubstr("nested more than 1 deep"));
}

}  // namespace
}  // namespace vedette::config
