// SPDX-License-Identifier: Apache-2.0
// Every mistake in a flow is told when it is loaded, with its place.
#include "probes/flow/settings.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/flow/samples.h"

namespace vedette::flow {
namespace {

using test::problems_of;
using test::settings_of;
using testing::HasSubstr;

TEST(FlowSettings, TheDesignsExampleIsRead) {
  const auto settings = settings_of(R"(
values: {gateway: "http://pay.test", amount: 100}
variants: [{card: visa}, {card: mastercard}]
limits: {runs_per_hour: 120, amount_per_day: 200.00 EUR, one_at_a_time: true}
steps:
  - name: authorise
    http: {method: POST, url: "${gateway}/v1/payment_intents", form: {amount: "${amount}", currency: eur, card: "${card}"}, expect: {status: 200}}
    capture: {intent: $.id}
    amount: 1.00 EUR
    cleanup:
      - {name: cancel, http: {method: POST, url: "${gateway}/v1/payment_intents/${intent}/cancel", expect: {status: 200}}}
)");
  EXPECT_EQ(settings.variants[1].name, "mastercard");
  EXPECT_EQ(settings.limits.runs_per_hour, 120);
  EXPECT_EQ(settings.limits.amount_per_day->minor, 20'000);
  EXPECT_EQ(settings.amount()->text(), "1.00 EUR");
  EXPECT_TRUE(settings.has_cleanup());
}

TEST(FlowSettings, AStepWithACleanupGetsAKeyUnderWhichItCanBeAskedAgain) {
  const std::string flow = R"(
steps:
  - name: book
    {}
    http: {{method: {}, url: "http://a/", form: {{a: b}}{}}}
    capture: {{id: $.id}}
    cleanup: [{{name: undo, http: {{method: DELETE, url: "http://a/${{id}}"}}}}]
)";
  const auto repeatable = [&](const std::string& key, const std::string& method,
                              const std::string& headers) {
    return settings_of(fmt::format(fmt::runtime(flow), key, method, headers)).steps[0].repeatable();
  };
  EXPECT_TRUE(repeatable("idempotency_key: Idempotency-Key", "POST", ""));
  EXPECT_TRUE(repeatable("idempotency_key: X-Request-Id", "POST", ""));
  EXPECT_FALSE(repeatable("idempotency_key: none", "POST", ""));
  EXPECT_FALSE(repeatable("timeout: 1s", "PUT", ""));
  EXPECT_FALSE(repeatable("timeout: 1s", "POST", ", headers: {Idempotency-Key: mine}"));
}

struct Mistake {
  const char* yaml;
  const char* problem;
};

class FlowMistakes : public testing::TestWithParam<Mistake> {};

TEST_P(FlowMistakes, AreTold) {
  EXPECT_THAT(problems_of(GetParam().yaml), HasSubstr(GetParam().problem));
}

constexpr const char* step = "steps: [{name: a, http: {url: http://a/}}]";

INSTANTIATE_TEST_SUITE_P(
    All, FlowMistakes,
    testing::Values(
        Mistake{"{}", "\"steps\""},
        Mistake{"steps: []", "\"steps\" must be a list of 1 to 100 steps"},
        Mistake{"steps: [{name: a}]", "a step does something: one of http, tcp"},
        Mistake{"steps: [{name: a, http: {url: http://a/}, pause: 1s}]", "a step does one thing"},
        Mistake{"steps: [{name: a, http: {url: http://a/}}, {name: a, pause: 1s}]",
                "there is a step \"a\" before"},
        Mistake{"steps: [{name: a, http: {url: 'http://a/${intent}'}}]",
                "t.yaml:1:31: nothing before this gives ${intent} a value"},
        Mistake{"{values: {gateway: 'http://a'}, steps: [{name: a, http: {url: '${gatway}/'}}]}",
                "${gatway} a value; did you mean \"gateway\"?"},
        Mistake{"steps: [{name: a, http: {url: 'http://a/', expekt: {status: 200}}}]",
                "did you mean \"expect\"?"},
        Mistake{"steps: [{name: a, http: {url: 'http://a/${run.id}', expekt: 1}}]",
                "did you mean \"expect\"?"},
        Mistake{"steps: [{name: a, idempotency_key: none, http: {url: http://a/, form: {b: c}}, "
                "repeat: {every: 1s}, cleanup: [{name: b, http: {url: http://a/}}]}]",
                "give it an idempotency_key"},
        Mistake{"steps: [{name: a, http: {url: http://a/}, capture: {X: $.a}}]",
                "\"X\" is no name of a value"},
        Mistake{"steps: [{name: a, http: {url: http://a/}, capture: {x: '$.a['}}]", "t.yaml:1:5"},
        Mistake{"steps: [{name: a, http: {url: http://a/}, capture: {x: {header: A, body: B}}}]",
                "a capture has one source"},
        Mistake{"steps: [{name: a, http: {url: http://a/}, verify: {x: 1}}]",
                "nothing before this gives ${x} a value"},
        Mistake{"steps: [{name: a, http: {url: http://a/}, amount: 1 euro}]",
                "\"1 euro\" is no amount; write it like 1.00 EUR"},
        Mistake{"steps: [{name: a, http: {url: http://a/}, undoes: [b]}]",
                "there is no step \"b\""},
        Mistake{"steps: [{name: a, pause: 1s, cleanup: [{name: b, pause: 1s}]}]",
                "only a step that does something can be cleaned up after"},
        Mistake{"steps: [{name: a, http: {url: http://a/}, cleanup: [{name: b, http: {url: "
                "http://a/}, cleanup: [{name: c, pause: 1s}]}]}]",
                "a cleanup has no cleanup of its own"},
        Mistake{"steps: [{name: a, http: {url: http://a/}, cleanup: [{name: b, webhook: {}}]}]",
                "a cleanup cannot wait for a call"},
        Mistake{"steps: [{name: a, pause: 1s, repeat: {}}]", "can be repeated"},
        Mistake{"{variants: [{card: visa}, {brand: amex}], steps: [{name: a, pause: 1s}]}",
                "every variant gives the same values"},
        Mistake{"{variants: [{card: visa}, {card: visa}], steps: [{name: a, pause: 1s}]}",
                "there is a variant \"visa\" before"},
        Mistake{"{limits: {amount_per_day: 5.00 EUR}, steps: [{name: a, pause: 1s}]}",
                "\"amount_per_day\" has nothing to count"},
        Mistake{"{limits: {amount_per_day: 5.00 EUR}, steps: [{name: a, http: {url: http://a/}, "
                "amount: 1.00 USD}]}",
                "of one currency"},
        Mistake{"{values: {a: '${b}'}, steps: [{name: a, pause: 1s}]}",
                "it cannot refer to another one"}));

class LiveKeys : public testing::TestWithParam<const char*> {};

TEST_P(LiveKeys, AreRefusedAndNotRepeated) {
  const auto told = problems_of(GetParam());
  EXPECT_THAT(told, HasSubstr("this looks like a live key ("));
  EXPECT_THAT(told, testing::Not(HasSubstr("4eC39HqLyjW")));
}

INSTANTIATE_TEST_SUITE_P(
    All, LiveKeys,
    testing::Values(
        "{values: {key: sk_live_4eC39HqLyjW}, steps: [{name: a, pause: 1s}]}",
        "steps: [{name: a, http: {url: http://a/, headers: {Authorization: Bearer "
        "rk_live_4eC39HqLyjW}}}]",
        "steps: [{name: a, http: {url: http://a/, auth: {bearer: live_4eC39HqLyjWDarj}}}]",
        "{live_keys: [acme-prod-], values: {key: acme-prod-4eC39HqLyjW}, steps: [{name: a, pause: "
        "1s}]}"));

TEST(FlowSettings, LiveKeysAreTakenWhereTheFlowSaysSo) {
  EXPECT_EQ(problems_of("{live: true, values: {key: sk_live_4eC39HqLyjW}, steps: [{name: a, pause: "
                        "1s}]}"),
            "");
}

TEST(FlowSettings, WordsThatOnlyBeginAlikeAreNoKeys) {
  EXPECT_EQ(
      problems_of("steps: [{name: a, http: {url: 'http://a/live_music?olive_oil_and_more'}}]"), "");
  EXPECT_EQ(problems_of(step), "");
}

}  // namespace
}  // namespace vedette::flow
