// SPDX-License-Identifier: Apache-2.0
// Expectations on the values of a JSON document: what holds, and the sentence when it does not.
#include "probes/expect/json_condition.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/document.h"
#include "probes/expect/json_document.h"
#include "probes/expect/parse.h"

namespace vedette::expect {
namespace {

using testing::HasSubstr;

constexpr std::array<Subject, 1> subjects{{{.key = "json", .words = "JSON", .kind = Kind::json}}};

constexpr auto document_text =
    R"({"licences":{"left":0},"status":"open","tags":["a","b"],"paid":true,"note":null,)"
    R"("items":[{"price":5},{"price":7}],"code":"5"})";

// The first sentence about what was not met; empty: all was.
std::string unmet(const std::string& yaml, Text text = Text(document_text)) {
  config::Problems problems;
  const auto node = config::parse("json: " + yaml, "t.yaml", problems);
  if (!node) return "unreadable: " + problems.text();
  const auto expectations = parse(*node, "expect", subjects, problems);
  if (!problems.empty()) return problems.text();
  const JsonDocument document(text);
  Observed observed;
  observed.set(0, &document);
  std::vector<Observation> evidence;
  const auto first = evaluate(expectations, observed, Mask(), evidence);
  return first ? first->sentence : "";
}

TEST(JsonExpectation, HoldsForValuesOfTheRightTypeAndSize) {
  for (const char* yaml :
       {"{$.licences.left: 0}", "{$.licences.left: {less_than: 1}}", "{$.status: open}",
        "{$.status: {matches: '^op', contains: pe, length: 4}}",
        "{$.tags: {contains: b, length: 2}}", "{$.tags: {equals: [a, b]}}", "{$.paid: true}",
        "{$.note: null}", "{'$.items[*].price': {greater_than: 4, count: 2}}",
        "{$.missing: {present: false}}", "{$.status: {one_of: [open, closed]}}",
        "{'$.items[0]': {equals: {price: 5}}}", "{$.code: '5'}", "{$.status: {not: closed}}",
        "{'$.items[?@.price > 6].price': {equals: 7}}"}) {
    EXPECT_EQ(unmet(yaml), "") << yaml;
  }
}

TEST(JsonExpectation, TellsWhatWasThereInstead) {
  EXPECT_EQ(unmet("{$.licences.left: {greater_than: 0}}"),
            "$.licences.left was 0, expected more than 0");
  EXPECT_EQ(unmet("{$.status: closed}"), "$.status was \"open\", expected \"closed\"");
  EXPECT_EQ(unmet("{$.status: {one_of: [a, b]}}"),
            "$.status was \"open\", expected \"a\" or \"b\"");
  EXPECT_EQ(unmet("{$.gone: 1}"), "$.gone was missing, expected 1");
  EXPECT_EQ(unmet("{$.gone: {present: true}}"), "$.gone was missing, expected it to be there");
  EXPECT_EQ(unmet("{'$.items[*].price': {less_than: 6}}"),
            "$.items[*].price was 5, 7, expected less than 6");
  EXPECT_EQ(unmet("{'$.items[*]': {count: 3}}"), "$.items[*] was there 2 times, expected count 3");
}

TEST(JsonExpectation, TypesCount) {
  EXPECT_EQ(unmet("{$.code: 5}"), "$.code was \"5\", expected 5");
  EXPECT_EQ(unmet("{$.code: {less_than: 6}}"), "$.code was \"5\", expected less than 6");
  EXPECT_EQ(unmet("{$.code: {not: {less_than: 3}}}"), "$.code was \"5\", expected not less than 3")
      << "what cannot be compared meets neither a condition nor its opposite";
}

TEST(JsonExpectation, WhatIsNoJsonOrWasCutMeetsNothing) {
  EXPECT_THAT(unmet("{$.a: 1}", Text("<html>")), HasSubstr("the body is not JSON"));
  EXPECT_THAT(unmet("{$.a: {present: false}}", Text("<html>")), HasSubstr("the body is not JSON"));
  EXPECT_THAT(unmet("{$.a: 1}", Text(R"({"a":)", 5000)),
              HasSubstr("is too large to be read as JSON: only 5 of 5000 bytes were kept"));
}

TEST(JsonExpectation, DeepNestingIsRefusedNotFollowed) {
  const std::string deep = std::string(100'000, '[');
  EXPECT_THAT(unmet("{$.a: 1}", Text(deep)), HasSubstr("the body is not JSON"));
}

TEST(JsonExpectation, MistakesAreToldWithTheirPlace) {
  EXPECT_THAT(unmet("{'$.a[': 1}"), HasSubstr("t.yaml:1:8: "));
  EXPECT_THAT(unmet("{$.a: [1, 2]}"), HasSubstr("write {one_of: [...]}, or {equals: [...]}"));
  EXPECT_THAT(unmet("{$.a: {biger_than: 1}}"), HasSubstr("t.yaml:1:14"));
  EXPECT_THAT(unmet("{$.a: {}}"), HasSubstr("expects nothing"));
  EXPECT_THAT(unmet("[a]"), HasSubstr("must be a map of paths"));
}

}  // namespace
}  // namespace vedette::expect
