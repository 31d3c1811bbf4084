// SPDX-License-Identifier: Apache-2.0
// What a YAML text becomes, and how a bad one is refused.
#include <gmock/gmock.h>

#include "tests/unit/config/parsed.h"

namespace vedette::config {
namespace {

using namespace std::string_literals;

TEST(Parse, EveryValueKnowsItsPlace) {
  const auto root = parsed("agent:\n  region: eu\n  tags: [a, \"b\"]\nempty:\n");
  ASSERT_EQ(root.kind, Node::Kind::map);
  ASSERT_EQ(root.entries.size(), 2U);
  const Node& agent = *root.find("agent");
  EXPECT_EQ(agent.entries[0].place, (Place{"a.yaml", 2, 3}));
  EXPECT_EQ(agent.find("region")->place, (Place{"a.yaml", 2, 11}));
  EXPECT_EQ(agent.find("region")->scalar, "eu");
  const Node& tags = *agent.find("tags");
  EXPECT_EQ(tags.kind, Node::Kind::list);
  EXPECT_EQ(tags.place, (Place{"a.yaml", 3, 9}));
  EXPECT_EQ(tags.items[1].place, (Place{"a.yaml", 3, 13}));
  EXPECT_FALSE(tags.items[0].quoted);
  EXPECT_TRUE(tags.items[1].quoted);
  EXPECT_EQ(root.find("empty")->kind, Node::Kind::null);
  EXPECT_EQ(root.find("empty")->place, (Place{"a.yaml", 4, 1}));
  EXPECT_EQ(root.find("missing"), nullptr);
}

TEST(Parse, AcceptsAByteOrderMarkAndWindowsLineEnds) {
  const auto root = parsed(
      "\xEF\xBB\xBF"
      "a: 1\r\nb: 2\r\n");
  EXPECT_EQ(root.find("a")->scalar, "1");
  EXPECT_EQ(root.find("a")->place, (Place{"a.yaml", 1, 4}));
  EXPECT_EQ(root.find("b")->place, (Place{"a.yaml", 2, 4}));
}

TEST(Parse, AnEmptyTextIsANull) {
  for (const auto* text : {"", "\n", "# nothing\n", "---\n", "---\n...\n"}) {
    EXPECT_EQ(parsed(text).kind, Node::Kind::null) << text;
  }
}

TEST(Parse, KeepsBlocksOfTextAsTheyAre) {
  EXPECT_EQ(parsed("a: |\n  x\n  \ty\n").find("a")->scalar, "x\n\ty\n");
  EXPECT_EQ(parsed("a: |-\n  x\n").find("a")->scalar, "x");
  EXPECT_EQ(parsed("a: |+\n  x\n\n").find("a")->scalar, "x\n\n");
}

TEST(Parse, ExpandsAliases) {
  const auto root = parsed("a: &a {x: 1}\nb: *a\n");
  EXPECT_EQ(root.find("b")->find("x")->scalar, "1");
  EXPECT_EQ(root.find("b")->find("x")->place, (Place{"a.yaml", 1, 11}));
}

TEST(Parse, MergeKeysFillInWhatIsNotThere) {
  const auto root = parsed(
      "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  x: 3\n  <<: [*a, *b]\nd: {<<: *a, w: 4}\n");
  const Node& c = *root.find("c");
  EXPECT_EQ(c.entries.size(), 3U);
  EXPECT_EQ(c.find("x")->scalar, "3");
  EXPECT_EQ(c.find("y")->scalar, "1");
  EXPECT_EQ(c.find("z")->scalar, "2");
  EXPECT_EQ(root.find("d")->find("y")->scalar, "1");
  EXPECT_EQ(root.find("d")->find("<<"), nullptr);
  EXPECT_EQ(parsed("{\"<<\": 1}").find("<<")->scalar, "1");
}

TEST(Parse, ADuplicateKeyIsAProblemWithBothPlacesAndKeepsTheFirst) {
  Problems problems;
  const auto root = parse("a: 1\nb: {c: 1, d: 2, c: 3}\na: 2\n", "a.yaml", problems);
  EXPECT_EQ(problems.text(),
            "a.yaml:2:17: the key \"c\" is given twice; first at a.yaml:2:5\n"
            "a.yaml:3:1: the key \"a\" is given twice; first at a.yaml:1:1\n");
  ASSERT_TRUE(root);
  EXPECT_EQ(root->find("a")->scalar, "1");
}

TEST(Parse, FindsADuplicateAmongManyKeys) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "k" + std::to_string(i) + ": 1\n";
  EXPECT_EQ(problems_of(text), "");
  EXPECT_EQ(problems_of(text + "k70: 2\n"),
            "a.yaml:101:1: the key \"k70\" is given twice; first at a.yaml:71:1\n");
}

struct Bad {
  const char* what;
  std::string text;
  std::string problem;
};
void PrintTo(const Bad& bad, std::ostream* out) {
  *out << bad.what;
}

class BadText : public testing::TestWithParam<Bad> {};

TEST_P(BadText, IsOneClearProblem) {
  Problems problems;
  EXPECT_FALSE(parse(GetParam().text, "a.yaml", problems));
  EXPECT_EQ(problems.text(), "a.yaml:" + GetParam().problem + "\n");
}

INSTANTIATE_TEST_SUITE_P(
    Bytes, BadText,
    testing::Values(
        Bad{"NUL", "a: b\n\0c"s, "2:1: this is binary data, not text (a NUL byte)"},
        Bad{"ELF",
            "\x7f"
            "ELF\x02",
            "1:1: the control character 0x7f is not allowed; write it as "
            "\"\\x7f\" in double quotes"},
        Bad{"UTF-16",
            "\xff\xfe"
            "a\0"s,
            "1:1: this is UTF-16; save the file as UTF-8"},
        Bad{"Latin-1", "a: \xe4\n", "1:4: this is not UTF-8 text (byte 0xe4)"},
        Bad{"overlong", "a: \xc0\x80\n", "1:4: this is not UTF-8 text (byte 0xc0)"},
        Bad{"overlong of three bytes", "\xe0\x80\x80", "1:1: this is not UTF-8 text (byte 0xe0)"},
        Bad{"surrogate", "\xed\xa0\x80", "1:1: this is not UTF-8 text (byte 0xed)"},
        Bad{"beyond Unicode", "\xf4\x90\x80\x80", "1:1: this is not UTF-8 text (byte 0xf4)"},
        Bad{"cut off", "a: \xe2\x82", "1:4: this is not UTF-8 text (byte 0xe2)"},
        Bad{"escape", "a: \x1b[0m\n",
            "1:4: the control character 0x1b is not allowed; write it as "
            "\"\\x1b\" in double quotes"},
        Bad{"lone CR", "a: 1\rb: 2", "1:5: a lone carriage return; end lines with \\n or \\r\\n"},
        Bad{"late BOM",
            "a: 1\n\xef\xbb\xbf"
            "b: 2",
            "2:1: a byte order mark in the middle of the "
            "text; delete it"}));

constexpr auto tab = "this line is indented with a tab; YAML wants spaces";
constexpr auto misplaced =
    "this is not valid YAML: a \": \" where no value can stand; check the indentation, and quote a "
    "text that holds \": \"";

INSTANTIATE_TEST_SUITE_P(
    Syntax, BadText,
    testing::Values(
        Bad{"tab", "a:\n\tb: 1\n", "2:1: "s + tab},
        Bad{"tab after spaces", "a:\n  \tb: 1\n", "2:5: "s + tab},
        Bad{"tab on a later line", "a:\n  b: 1\n  \tc: 1\n", "3:3: "s + tab},
        Bad{"colon in a text", "a: b: c\n", "1:5: "s + misplaced},
        Bad{"indentation", "a:\n  b: 1\n c: 2\n",
            "3:2: this is not valid YAML: the indentation does not fit the lines above"},
        Bad{"open bracket", "a: [1, 2\nb: 3\n",
            "2:2: this is not valid YAML: a comma or a closing ] is missing before this"},
        Bad{"open brace", "a: {b: 1\nc: 3\n",
            "2:2: this is not valid YAML: a comma or a closing } is missing before this"},
        Bad{"wrong bracket", "a: {b: 1]\n",
            "1:9: this is not valid YAML: this bracket closes nothing"},
        Bad{"open quote", "a: 1\nb: \"x\nc: 2\n",
            "4:2: a quote that opens on line 2 or later is not closed"},
        Bad{"open quote at the end", "a: 'x",
            "2:2: a quote that opens on line 1 or later is not closed"},
        Bad{"at sign", "a: @x\n",
            "1:4: this is not valid YAML: no value can begin with this character; quote the text"},
        Bad{"no anchor", "a: *x\n",
            "1:4: this is not valid YAML: this alias has no anchor above it"},
        Bad{"endless alias", "a: &a [*a]\n", "1:8: this alias stands inside of what it stands for"},
        Bad{"tag", "a: !!binary aGk=\n",
            "1:4: tags are not supported; delete \"tag:yaml.org,2002:binary\""},
        Bad{"two documents", "a: 1\n---\nb: 2\n",
            "2:1: a second document begins here; a file holds one"},
        Bad{"list as key", "? [a]\n: b\n", "1:3: a key must be a text, found a list"},
        Bad{"no key", ": b\n", "1:1: a key must be a text, found nothing"}));

TEST(Parse, AMergeKeyIsFoundBehindADuplicateAndIsNoneTwice) {
  Problems problems;
  const auto root = parse("a: {x: 1, x: 2, <<: {y: 3}, <<: {z: 4}}\n", "a.yaml", problems);
  EXPECT_EQ(problems.text(),
            "a.yaml:1:11: the key \"x\" is given twice; first at a.yaml:1:5\n"
            "a.yaml:1:29: the key \"<<\" is given twice; first at a.yaml:1:17\n");
  ASSERT_TRUE(root);
  const Node& a = *root->find("a");
  ASSERT_EQ(a.entries.size(), 2U);
  EXPECT_EQ(a.entries[0].key, "x");
  EXPECT_EQ(a.entries[1].key, "y");
}

TEST(Parse, AMergeKeyTakesMapsOnly) {
  EXPECT_EQ(problems_of("a: {<<: 5}\n"),
            "a.yaml:1:9: the merge key << takes a map or a list of maps, found the text \"5\"\n");
}

}  // namespace
}  // namespace vedette::config
