// SPDX-License-Identifier: Apache-2.0
// Amounts, limits, retries, captures, what providers say, and conditions on values.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes/flow/capture.h"
#include "probes/flow/effect.h"
#include "probes/flow/limits.h"
#include "probes/flow/report.h"
#include "probes/flow/retry.h"
#include "probes/flow/step_runner.h"
#include "probes/flow/variables.h"
#include "tests/unit/flow/samples.h"

namespace vedette::flow {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

const Instant now{1'700'000'000s};

TEST(Amount, IsReadExactlyAndWrittenAsItWas) {
  EXPECT_EQ(parse_amount("1.00 EUR"), (Amount{100, 2, "EUR"}));
  EXPECT_EQ(parse_amount("500 JPY")->text(), "500 JPY");
  EXPECT_EQ(parse_amount("0.005 KWD")->text(), "0.005 KWD");
  EXPECT_EQ(parse_amount("0.07 EUR")->minor, 7);
}

TEST(Amount, RefusesWhatIsNone) {
  for (const char* text : {"1.00", "EUR", "1,00 EUR", "-1 EUR", ".5 EUR", "5. EUR", "1.0 eur",
                           "1e3 EUR", "99999999999999999 EUR", "1.23456 EUR", "1.0.0 EUR"})
    EXPECT_FALSE(parse_amount(text)) << text;
}

TEST(Limits, RunsAreCountedWithinAnHour) {
  Limits limits;
  limits.runs_per_hour = 2;
  std::deque<Spent> spent{{"a", now - 61min, 0}, {"b", now - 59min, 0}};
  EXPECT_EQ(limit_reached(limits, std::nullopt, spent, now), "");
  spent.push_back({"c", now - 1min, 0});
  EXPECT_EQ(limit_reached(limits, std::nullopt, spent, now),
            "there were 2 runs within the last hour, as many as runs_per_hour allows");
}

TEST(Limits, MoneyIsCountedWithinADayAndNeverExceeded) {
  Limits limits;
  limits.amount_per_day = Amount{500, 2, "EUR"};
  const Amount one{200, 2, "EUR"};
  std::deque<Spent> spent{{"a", now - 25h, 200}, {"b", now - 23h, 200}};
  EXPECT_EQ(limit_reached(limits, one, spent, now), "");
  spent.push_back({"c", now - 1h, 200});
  EXPECT_EQ(limit_reached(limits, one, spent, now),
            "4.00 EUR of test payments were made within the last 24 hours, and another 2.00 EUR "
            "would be more than amount_per_day allows (5.00 EUR)");
}

Result failed_with(Reason reason) {
  Result result;
  fail(result, reason, "in vain");
  return result;
}

TEST(NeverSent, IsOnlyWhatCertainlyFoundNoConnection) {
  EXPECT_TRUE(never_sent(failed_with(Reason::dns_nxdomain)));
  EXPECT_TRUE(never_sent(failed_with(Reason::connect_refused)));
  EXPECT_TRUE(never_sent(failed_with(Reason::connect_timeout)));
  EXPECT_TRUE(never_sent(failed_with(Reason::connect_unreachable)));
  EXPECT_TRUE(never_sent(failed_with(Reason::tls_expired)));
  EXPECT_TRUE(never_sent(failed_with(Reason::tls_timeout)));
}

TEST(NeverSent, IsNotWhatHadAConnection) {
  EXPECT_FALSE(never_sent(failed_with(Reason::timeout)));
  EXPECT_FALSE(never_sent(failed_with(Reason::connect_reset)));
  auto answered = failed_with(Reason::connect_refused);
  answered.phases.push_back({"processing", Microseconds(1)});
  EXPECT_FALSE(never_sent(answered)) << "a redirect was followed";
  auto fetched = failed_with(Reason::connect_refused);
  fetched.phases = {{"submission", Microseconds(1)}, {"connect", Microseconds(1)}};
  EXPECT_FALSE(never_sent(fetched)) << "a mail was sent, and could not be fetched";
}

Result refused_with(std::int64_t status, std::int64_t redirects = 0) {
  auto result = failed_with(Reason::expectation_failed);
  result.facts = {{"status", status}, {"redirects", redirects}};
  return result;
}

TEST(RefusedForGood, IsWhatTheServerWillNeverTake) {
  EXPECT_TRUE(refused_for_good(refused_with(402)));
  EXPECT_TRUE(refused_for_good(refused_with(422)));
  for (const int doubtful : {200, 302, 408, 409, 425, 429, 500, 503})
    EXPECT_FALSE(refused_for_good(refused_with(doubtful))) << doubtful;
}

TEST(RefusedForGood, IsNotWhatWasDoneAndThenRedirected) {
  EXPECT_FALSE(refused_for_good(refused_with(404, 1)));
}

TEST(InVain, IsNoStepWhoseAnswerHadToBeTakenAlong) {
  EXPECT_TRUE(in_vain(refused_with(402), {}));
  EXPECT_FALSE(in_vain(refused_with(402), {{"intent", {"pi_1"}}}));
  EXPECT_FALSE(in_vain(failed_with(Reason::timeout), {}));
}

TEST(Retry, ComesLaterEachTimeUpToFiveMinutes) {
  Entry entry;
  std::vector<Duration> pauses;
  for (int i = 0; i < 9; ++i) {
    entry = after_attempt(entry, now);
    pauses.push_back(entry.not_before - now);
  }
  EXPECT_EQ(entry.attempts, 9);
  EXPECT_THAT(pauses, testing::ElementsAre(5s, 10s, 20s, 40s, 80s, 160s, 300s, 300s, 300s));
}

Result answered(std::string body, std::vector<std::pair<std::string, std::string>> headers = {}) {
  Result result;
  result.outcome = Outcome::pass;
  result.facts = {{"status", std::int64_t{200}}, {"answer", std::vector<std::string>{"1.2.3.4"}}};
  result.answer =
      std::make_shared<const Answer>(Answer{std::move(headers), std::move(body), false});
  return result;
}

std::vector<Capture> captures_of(const std::string& yaml) {
  return test::settings_of(
             fmt::format("steps: [{{name: a, http: {{url: http://a/}}, capture: {}}}]", yaml))
      .steps[0]
      .captures;
}

TEST(Capture, TakesFromEverySource) {
  const auto captures = captures_of(
      "{id: '$.data[0].id', total: $.total, paid: $.paid, sid: {cookie: sid}, where: {header: "
      "location}, code: {body: 'code-([0-9]+)'}, ip: {fact: answer}, status: {fact: status}}");
  const auto [values, missing] =
      take(captures, answered(R"({"data":[{"id":"pi_1"}],"total":250,"paid":true,"x":"code-042"})",
                              {{"Location", "/next"},
                               {"Set-Cookie", "sid=old; Path=/"},
                               {"Set-Cookie", "sid=abc; HttpOnly"},
                               {"Set-Cookie", "sid2=no"}}));
  EXPECT_EQ(missing, "");
  EXPECT_EQ(values.at("id"), Value{"pi_1"});
  EXPECT_EQ(values.at("total"), (Value{"250", Value::Kind::number}));
  EXPECT_EQ(values.at("paid"), (Value{"true", Value::Kind::boolean}));
  EXPECT_EQ(values.at("sid"), Value{"abc"});
  EXPECT_EQ(values.at("where"), Value{"/next"});
  EXPECT_EQ(values.at("code"), Value{"042"}) << "a leading zero makes it a text";
  EXPECT_EQ(values.at("ip"), Value{"1.2.3.4"});
  EXPECT_EQ(values.at("status"), (Value{"200", Value::Kind::number}));
}

TEST(Capture, WhatIsMissingIsNamed) {
  const auto missing = take(captures_of("{id: $.id}"), answered("{}"));
  EXPECT_EQ(missing.missing, "$.id was missing, needed for ${id}");
  EXPECT_EQ(take(captures_of("{id: $.id}"), answered("no json")).missing, missing.missing);
}

TEST(Capture, WhatIsThereIsTakenAlongBesideWhatIsMissing) {
  const auto taken = take(captures_of("{total: $.total, id: $.id}"), answered(R"({"id":"pi_1"})"));
  EXPECT_EQ(taken.missing, "$.total was missing, needed for ${total}");
  EXPECT_EQ(taken.values, (Values{{"id", {"pi_1"}}})) << "the cleanup needs it";
}

TEST(Capture, WhatIsOptionalMayBeMissing) {
  const auto taken = take(captures_of("{id: {json: $.id, optional: true}}"), answered("{}"));
  EXPECT_EQ(taken.missing, "");
  EXPECT_TRUE(taken.values.empty());
}

struct Said {
  const char* body;
  const char* words;
};

class ProviderError : public testing::TestWithParam<Said> {};

TEST_P(ProviderError, IsUnderstood) {
  EXPECT_EQ(provider_error({{}, GetParam().body, false}), GetParam().words);
}

INSTANTIATE_TEST_SUITE_P(
    Shapes, ProviderError,
    testing::Values(
        Said{
            R"({"error":{"type":"invalid_request_error","code":"parameter_invalid_integer","message":"Invalid integer: 1.00","param":"amount"}})",
            "parameter_invalid_integer: Invalid integer: 1.00"},
        Said{
            R"({"error":{"code":"card_declined","decline_code":"insufficient_funds","message":"Your card was declined."}})",
            "insufficient_funds: Your card was declined."},
        Said{R"({"error":"invalid_grant","error_description":"The code is old"})",
             "invalid_grant: The code is old"},
        Said{R"({"errors":[{"code":"E17","detail":"no room"}]})", "E17: no room"},
        Said{R"({"type":"about:blank","title":"Conflict","detail":"already taken"})",
             "about:blank: already taken"},
        Said{R"({"ok":true})", ""}, Said{"<html>", ""}, Said{R"({"error":{}})", ""}));

Conditions conditions_of(const std::string& yaml) {
  auto settings = test::settings_of(fmt::format(
      "{{values: {{before: 5, after: 7, note: none}}, steps: [{{name: a, verify: {}}}]}}", yaml));
  return *settings.steps[0].verify;
}

std::string unmet(const std::string& yaml) {
  const Values values{{"before", {"5", Value::Kind::number}},
                      {"after", {"7", Value::Kind::number}},
                      {"note", {"none"}}};
  const auto outcome = conditions_of(yaml).evaluate(test::scope_of(values), Mask());
  return outcome ? outcome->unmet : "error: " + outcome.error();
}

TEST(Conditions, CompareValuesWithEachOther) {
  EXPECT_EQ(unmet("{after: {equals: '${before + 2}'}}"), "");
  EXPECT_EQ(unmet("{after: {equals: '${text(before + 2)}'}}"), "after was 7, expected \"7\"");
  EXPECT_EQ(unmet("{after: {greater_than: '${before}'}, note: none}"), "");
  EXPECT_EQ(unmet("{after: '${before}'}"), "after was 7, expected 5");
  EXPECT_EQ(unmet("{note: {not: {contains: on}}}"),
            "note was \"none\", expected not one that contains \"on\"");
}

TEST(Variables, WhatWasCapturedSurvivesBeingWrittenDown) {
  const Settings settings = test::settings_of("steps: [{name: a, pause: 1s}]");
  Variables before(settings, nullptr, "run1", now);
  before.learn({{"intent", {"pi_1"}},
                {"total", {"250", Value::Kind::number}},
                {"token", {"s3cr3t-token", Value::Kind::text, true}}});
  Variables after(settings, nullptr, "run1", now);
  after.restore(before.captured());
  EXPECT_EQ(*after.find("total"), (Value{"250", Value::Kind::number}));
  EXPECT_EQ(after.mask().apply("token s3cr3t-token"), "token ***");
  EXPECT_EQ(after.scope("pay", now).find("step.key")->text,
            before.scope("pay", now).find("step.key")->text);
  EXPECT_NE(after.scope("pay", now).find("step.key")->text,
            after.scope("pay/undo", now).find("step.key")->text);
}

TEST(Variables, ADamagedJournalGivesNothingRatherThanHarm) {
  const Settings settings = test::settings_of("steps: [{name: a, pause: 1s}]");
  Variables variables(settings, nullptr, "run1", now);
  for (const char* text : {"", "[]", "{", R"({"a":1})", R"({"a":["x",0]})", R"({"a":[1,0,false]})"})
    variables.restore(text);
  EXPECT_EQ(variables.captured(), "{}");
}

}  // namespace
}  // namespace vedette::flow
