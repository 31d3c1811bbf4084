// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/text/expression.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/flow/samples.h"

namespace vedette::flow {
namespace {

using test::scope_of;
using testing::HasSubstr;
using testing::MatchesRegex;

const Values values{{"amount", {"100", Value::Kind::number}},
                    {"name", {"Ann & Bob", Value::Kind::text}},
                    {"key", {"s3cr3t-key", Value::Kind::text, true}},
                    {"run.id", {"abc"}}};

Value evaluate(const std::string& text) {
  const auto expression = Expression::parse(text);
  EXPECT_TRUE(expression) << (expression ? "" : expression.error());
  if (!expression) return {};
  const auto value = expression->evaluate(scope_of(values));
  EXPECT_TRUE(value) << (value ? "" : value.error());
  return value.value_or(Value{});
}

std::string error_of(const std::string& text) {
  const auto expression = Expression::parse(text);
  if (!expression) return expression.error();
  const auto value = expression->evaluate(scope_of(values));
  return value ? "no error: " + value->text : value.error();
}

TEST(Expression, CalculatesInWholeNumbersWithTheUsualPrecedence) {
  EXPECT_EQ(evaluate("amount * 2 + 50").text, "250");
  EXPECT_EQ(evaluate("(amount + 50) * 2").text, "300");
  EXPECT_EQ(evaluate("amount - 10 - 20").text, "70");
  EXPECT_EQ(evaluate("amount % 30").text, "10");
  EXPECT_EQ(evaluate("-5 + 3").text, "-2");
  EXPECT_EQ(evaluate("amount / 4").kind, Value::Kind::number);
}

TEST(Expression, NeverRoundsAndNeverWrapsAround) {
  EXPECT_THAT(error_of("amount / 3"), HasSubstr("no whole number"));
  EXPECT_THAT(error_of("amount / 0"), HasSubstr("no whole number"));
  EXPECT_THAT(error_of("9223372036854775807 + 1"), HasSubstr("no whole number"));
  EXPECT_THAT(error_of("name + 1"), HasSubstr("\"Ann & Bob\" is no whole number"));
}

TEST(Expression, ComputesWhatProvidersAskFor) {
  EXPECT_EQ(evaluate("sha256('abc')").text,
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  // RFC 4231, test case 2.
  EXPECT_EQ(evaluate("hmac_sha256('Jefe', 'what do ya want for nothing?')").text,
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  EXPECT_EQ(evaluate("base64(name)").text, "QW5uICYgQm9i");
  EXPECT_EQ(evaluate("url_encode(name)").text, "Ann%20%26%20Bob");
  EXPECT_EQ(evaluate("json(name)").text, "\"Ann & Bob\"");
  EXPECT_EQ(evaluate("json(amount)").text, "100");
  EXPECT_EQ(evaluate("timestamp()").text, "1700000000");
}

TEST(Expression, DrawsTheSameInTheSameRunAndAnotherInAnother) {
  const auto uuid = Expression::parse("uuid()");
  const auto first = uuid->evaluate(scope_of(values, "run 1"));
  EXPECT_THAT(first->text, MatchesRegex("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-"
                                        "[0-9a-f]{12}"));
  EXPECT_EQ(uuid->evaluate(scope_of(values, "run 1"))->text, first->text);
  EXPECT_NE(uuid->evaluate(scope_of(values, "run 2"))->text, first->text);
}

TEST(Expression, DrawsDifferentlyAtEachPlace) {
  EXPECT_NE(evaluate("random_int(1, 1000000000) - random_int(1, 1000000000)").text, "0");
}

TEST(Expression, RandomNumbersStayWithinTheirBounds) {
  const auto roll = Expression::parse("random_int(1, 6)");
  std::set<std::string> seen;
  for (int run = 0; run < 200; ++run)
    seen.insert(roll->evaluate(scope_of(values, std::to_string(run)))->text);
  EXPECT_EQ(seen, (std::set<std::string>{"1", "2", "3", "4", "5", "6"}));
  EXPECT_THAT(error_of("random_int(6, 1)"), HasSubstr("empty"));
}

TEST(Expression, WhatIsMadeOfASecretIsASecretButForHashes) {
  EXPECT_TRUE(evaluate("base64(key)").secret);
  EXPECT_FALSE(evaluate("hmac_sha256(key, 'text')").secret);
  EXPECT_THAT(error_of("key + 1"), testing::Not(HasSubstr("s3cr3t")));
}

TEST(Expression, TellsItsNames) {
  EXPECT_THAT(Expression::parse("hmac_sha256(key, run.id)")->names(),
              testing::ElementsAre("key", "run.id"));
}

TEST(Expression, MistakesAreToldWithTheirPlace) {
  EXPECT_EQ(error_of("amount +"), "in \"${amount +}\", at 9: something is missing");
  EXPECT_EQ(error_of("uuid(1)"), "in \"${uuid(1)}\", at 8: uuid takes 0 arguments, not 1");
  EXPECT_THAT(error_of("shout(name)"), HasSubstr("there is no function shout; there are uuid"));
  EXPECT_THAT(error_of("(amount"), HasSubstr("a parenthesis is not closed"));
  EXPECT_THAT(error_of("'abc"), HasSubstr("a text is not closed"));
  EXPECT_THAT(error_of("amount 5"), HasSubstr("something left over"));
  EXPECT_THAT(error_of(""), HasSubstr("something is missing"));
  EXPECT_EQ(error_of("nothing"), "${nothing} has no value");
}

TEST(Expression, HostileNestingAndLengthEndInAnError) {
  EXPECT_THAT(error_of(std::string(500, '(')), HasSubstr("nested too deeply"));
  EXPECT_THAT(error_of(std::string(5000, '1')), HasSubstr("longer than"));
}

}  // namespace
}  // namespace vedette::flow
