// SPDX-License-Identifier: Apache-2.0
// Every mistake in an expectation is told with its place.
#include "probes/expect/parse.h"

#include <gtest/gtest.h>

#include "config/document.h"

namespace vedette::expect {
namespace {

constexpr std::array<Subject, 5> subjects{{
    {.key = "status", .words = "status", .kind = Kind::status},
    {.key = "headers", .words = "header", .kind = Kind::named_texts, .alias = "header"},
    {.key = "body", .words = "body", .kind = Kind::text},
    {.key = "total", .words = "total time", .kind = Kind::time},
    {.key = "answers", .words = "number of answers", .kind = Kind::number},
}};

std::string problems_of(const std::string& yaml) {
  config::Problems problems;
  const auto node = config::parse(yaml, "t.yaml", problems);
  if (!node) return "unreadable: " + problems.text();
  parse(*node, "expect", subjects, problems);
  std::string text = problems.text();
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

struct Mistake {
  const char* yaml;
  const char* problem;
};

class ParseMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(ParseMistakes, AreToldWithTheirPlace) {
  EXPECT_EQ(problems_of(GetParam().yaml), GetParam().problem);
}

INSTANTIATE_TEST_SUITE_P(
    All, ParseMistakes,
    testing::Values(
        Mistake{"status: 2000",
                "t.yaml:1:9: \"2000\" is no status; write 200, a list [200, 204], a range 200-299 "
                "or a class 2xx"},
        Mistake{"status: 99",
                "t.yaml:1:9: \"99\" is no status; write 200, a list [200, 204], a range 200-299 "
                "or a class 2xx"},
        Mistake{"status: [200, 0xx]",
                "t.yaml:1:15: \"0xx\" is no status; write 200, a list [200, 204], a range 200-299 "
                "or a class 2xx"},
        Mistake{"status: 299-200",
                "t.yaml:1:9: \"299-200\" is no status; write 200, a list [200, 204], a range "
                "200-299 or a class 2xx"},
        Mistake{"status: []", "t.yaml:1:9: the expectation \"status\" expects nothing"},
        Mistake{"status: {}", "t.yaml:1:9: the expectation \"status\" expects nothing"},
        Mistake{"answers: 5-1", "t.yaml:1:10: the range 5-1 runs backwards"},
        Mistake{"answers: -1",
                "t.yaml:1:10: \"-1\" is neither a whole number nor a range such as 1-5"},
        Mistake{"answers: 12345678901",
                "t.yaml:1:10: \"12345678901\" is neither a whole number nor a range such as 1-5"},
        Mistake{"answers: {at_most: many}",
                "t.yaml:1:20: expected a number, found the text "
                "\"many\""},
        Mistake{"body: {}", "t.yaml:1:7: the expectation \"body\" expects nothing"},
        Mistake{"body: {contains: []}", "t.yaml:1:18: the expectation \"body\" expects nothing"},
        Mistake{"body: {contains: ''}", "t.yaml:1:18: every text contains the empty text"},
        Mistake{"body: {matches: '(('}",
                "t.yaml:1:17: the regular expression cannot be used: missing ): (("},
        Mistake{"body: {matches: '((a{100}){100}){100}'}",
                "t.yaml:1:17: the regular expression cannot be used: invalid repetition size: "
                "{100}"},
        Mistake{"body: {length: {greater_than: -1}}",
                "t.yaml:1:31: expected a size like 512, 10KiB, 1MiB or 2GiB, found the text "
                "\"-1\""},
        Mistake{"total: 800ms", "t.yaml:1:8: write a comparison: {less_than: 800ms}"},
        Mistake{"headers: text",
                "t.yaml:1:10: \"headers\" must be a map of names and what is "
                "expected of them, found the text \"text\""},
        Mistake{"headers: {X: {}}", "t.yaml:1:14: the expectation \"headers: X\" expects nothing"},
        Mistake{"headers: {X: {present: maybe}}",
                "t.yaml:1:24: expected true or false, found the text \"maybe\""}));

TEST(ParseExpectations, UnknownKeysAreProblemsWithAHint) {
  EXPECT_NE(problems_of("statsu: 200").find("t.yaml:1:1: expect has no key \"statsu\""),
            std::string::npos)
      << problems_of("statsu: 200");
  EXPECT_NE(problems_of("body: {contain: x}").find("did you mean \"contains\""), std::string::npos)
      << problems_of("body: {contain: x}");
  EXPECT_NE(problems_of("body: {present: true}").find("has no key \"present\""), std::string::npos);
}

TEST(ParseExpectations, BadTimesAreProblems) {
  EXPECT_TRUE(problems_of("total: {less_than: fast}").starts_with("t.yaml:1:20: "));
}

TEST(ParseExpectations, EveryMistakeIsToldInOneGo) {
  const std::string text = problems_of("status: abc\nbody: {matches: '['}\ntotal: 3s");
  EXPECT_NE(text.find("t.yaml:1:9:"), std::string::npos);
  EXPECT_NE(text.find("t.yaml:2:17:"), std::string::npos);
  EXPECT_NE(text.find("t.yaml:3:8:"), std::string::npos);
}

TEST(ParseExpectations, RegularExpressionsThatWouldEatMemoryAreRefused) {
  const std::string text = problems_of("body: {matches: '\\pL{500}\\pL{500}'}");
  EXPECT_TRUE(text.starts_with("t.yaml:1:17: the regular expression cannot be used: ")) << text;
}

TEST(ParseExpectations, LongRegularExpressionsAreRefused) {
  const std::string yaml = "body: {matches: '" + std::string(1001, 'a') + "'}";
  EXPECT_EQ(problems_of(yaml),
            "t.yaml:1:17: the regular expression has 1001 bytes, but at most 1000 are allowed");
}

}  // namespace
}  // namespace vedette::expect
