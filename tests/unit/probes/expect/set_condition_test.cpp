// SPDX-License-Identifier: Apache-2.0
// Expectations on sets of texts and on flags, from the configuration to the sentence.
#include "probes/expect/set_condition.h"

#include <gtest/gtest.h>

#include "config/document.h"
#include "probes/expect/expectation.h"
#include "probes/expect/parse.h"

namespace vedette::expect {
namespace {

constexpr std::array<Subject, 2> subjects{{
    {.key = "capability", .words = "list of capabilities", .kind = Kind::text_set},
    {.key = "authoritative", .words = "authoritative", .kind = Kind::flag},
}};

class SetConditionTest : public testing::Test {
 protected:
  std::vector<Expectation> parsed(const std::string& yaml) {
    const auto node = config::parse(yaml, "test.yaml", problems_);
    EXPECT_TRUE(node) << problems_.text();
    return parse(*node, "expect", subjects, problems_);
  }

  // "ok" when all are met, else the sentence about the first that is not.
  std::string verdict(const std::string& yaml) {
    const auto expectations = parsed(yaml);
    EXPECT_TRUE(problems_.empty()) << problems_.text();
    Observed observed;
    observed.set(0, TextSet(seen_));
    if (flag_) observed.set(1, *flag_);
    std::vector<Observation> evidence;
    const auto unmet = evaluate(expectations, observed, mask_, evidence);
    return unmet ? unmet->sentence : "ok";
  }

  std::vector<std::string> seen_{"STARTTLS", "SIZE 1000", "8BITMIME"};
  std::optional<bool> flag_ = true;
  Mask mask_;
  config::Problems problems_;
};

TEST_F(SetConditionTest, AListMeansThatAllOfThemAreAmongThoseSeen) {
  EXPECT_EQ(verdict("capability: [STARTTLS, 8BITMIME]"), "ok");
  EXPECT_EQ(verdict("capability: [STARTTLS, PIPELINING]"),
            "list of capabilities was \"STARTTLS\", \"SIZE 1000\", \"8BITMIME\", expected also "
            "\"PIPELINING\"");
}

TEST_F(SetConditionTest, EqualsKnowsNoOrderAndNoCase) {
  EXPECT_EQ(verdict("capability: {equals: [8bitmime, size 1000, starttls]}"), "ok");
  EXPECT_EQ(verdict("capability: {equals: [STARTTLS]}"),
            "list of capabilities was \"STARTTLS\", \"SIZE 1000\", \"8BITMIME\", expected "
            "\"starttls\"");
}

TEST_F(SetConditionTest, EqualsCountsHowOftenAMemberIsThere) {
  seen_ = {"a", "a"};
  EXPECT_NE(verdict("capability: {equals: [a]}"), "ok");
  EXPECT_EQ(verdict("capability: {equals: [a, a]}"), "ok");
}

TEST_F(SetConditionTest, EqualsOfAnEmptyListMeansThatNothingIsThere) {
  EXPECT_NE(verdict("capability: {equals: []}"), "ok");
  seen_.clear();
  EXPECT_EQ(verdict("capability: {equals: []}"), "ok");
}

TEST_F(SetConditionTest, MatchesIsMetByAnyMember) {
  EXPECT_EQ(verdict("capability: {matches: '^SIZE [0-9]+$'}"), "ok");
  EXPECT_EQ(verdict("capability: {matches: '^AUTH'}"),
            "list of capabilities was \"STARTTLS\", \"SIZE 1000\", \"8BITMIME\", expected one that "
            "matches /^AUTH/");
}

TEST_F(SetConditionTest, CountIsComparedAsANumber) {
  EXPECT_EQ(verdict("capability: {count: 3}"), "ok");
  EXPECT_EQ(verdict("capability: {count: {at_least: 2}}"), "ok");
  EXPECT_EQ(verdict("capability: {count: {less_than: 3}}"),
            "list of capabilities had 3 (\"STARTTLS\", \"SIZE 1000\", \"8BITMIME\"), expected less "
            "than 3");
}

TEST_F(SetConditionTest, NegationMeansNoneOfThem) {
  EXPECT_EQ(verdict("capability: {not: {contains: [EXPN, VRFY]}}"), "ok");
  EXPECT_EQ(verdict("capability: {not: STARTTLS}"),
            "list of capabilities was \"STARTTLS\", \"SIZE 1000\", \"8BITMIME\", expected no "
            "\"STARTTLS\"");
}

TEST_F(SetConditionTest, ALongSetIsShortenedInTheSentence) {
  seen_.assign(20, "x");
  EXPECT_NE(verdict("capability: missing").find("and 12 more"), std::string::npos);
}

TEST_F(SetConditionTest, FlagsAreTrueOrFalse) {
  EXPECT_EQ(verdict("authoritative: true"), "ok");
  EXPECT_EQ(verdict("authoritative: false"), "authoritative was true, expected false");
  flag_.reset();
  EXPECT_EQ(verdict("authoritative: true"), "authoritative was not seen, expected true");
}

TEST_F(SetConditionTest, WhatExpectsNothingIsAMistake) {
  parsed("capability: []");
  parsed("capability: {}");
  parsed("authoritative: maybe");
  EXPECT_EQ(problems_.sorted().size(), 3u) << problems_.text();
}

}  // namespace
}  // namespace vedette::expect
