// SPDX-License-Identifier: Apache-2.0
// What is made of an answer: status, body, compression, its size, expectations, times.
#include <fmt/format.h>

#include "tests/integration/http/http_fixture.h"
#include "tests/support/waited_for_core.h"

namespace vedette::test {
namespace {

using testing::AllOf;
using testing::Ge;
using testing::HasSubstr;
using testing::Le;
using testing::Not;
using testing::Optional;
using testing::SizeIs;

class HttpAnswerTest : public HttpSiteTest {};

TEST_F(HttpAnswerTest, PassesWithAllThatIsToldOfAPlainRun) {
  const Result result = run(site().url("plain"), "expect: {status: 200, body: {contains: hello}}");
  EXPECT_THAT(result, Passes());
  EXPECT_EQ(gauge(result, "probe_http_status_code"), 200);
  EXPECT_EQ(gauge(result, "probe_http_ssl"), 0);
  EXPECT_THAT(fact(result, "remote_address"), HasSubstr("127.0.0.1"));
  EXPECT_THAT(result.evidence, SizeIs(2));
  EXPECT_EQ(phase(result, "tls"), std::nullopt);
}

TEST_F(HttpAnswerTest, ABriefRunThatPassesTellsGaugesOnly) {
  be_brief();
  const Result result = run(site().url("plain"), "expect: {status: 200, body: {contains: hello}}");
  EXPECT_THAT(result, Passes());
  EXPECT_TRUE(result.evidence.empty() && result.facts.empty());
  EXPECT_EQ(gauge(result, "probe_http_status_code"), 200);
}

TEST_F(HttpAnswerTest, SuccessIsExpectedWhenNothingElseIs) {
  EXPECT_THAT(run(site().url("plain", "/status/204")), Passes());
  EXPECT_THAT(run(site().url("plain", "/status/404")), FailsWith(Reason::expectation_failed));
}

TEST_F(HttpAnswerTest, ServerErrorsFailAndSaySo) {
  for (const int status : {500, 502, 503}) {
    const Result result =
        run(site().url("plain", fmt::format("/status/{}", status)), "expect: {status: 200}");
    EXPECT_THAT(result, FailsWith(Reason::expectation_failed));
    EXPECT_THAT(result.message, HasSubstr(fmt::format("status was {}, expected 200", status)));
    EXPECT_EQ(gauge(result, "probe_http_status_code"), status);
  }
}

TEST_F(HttpAnswerTest, AnExpectedErrorPasses) {
  EXPECT_THAT(run(site().url("plain", "/status/503"), "expect: {status: [429, 5xx]}"), Passes());
  EXPECT_THAT(run(site().url("plain", "/status/404"), "expect: {status: 400-499}"), Passes());
}

TEST_F(HttpAnswerTest, HeadersAndBodyAreExpected) {
  const std::string url = site().url("plain", "/json");
  EXPECT_THAT(
      run(url, "expect: {headers: {x-answer: \"42\"}, body: {matches: '\"left\": ?[0-9]+'}}"),
      Passes());
  const Result result = run(url, "expect: {body: {contains: '\"left\":0'}}");
  EXPECT_THAT(result, FailsWith(Reason::expectation_failed));
  EXPECT_THAT(result.message, HasSubstr("body did not contain"));
}

TEST_F(HttpAnswerTest, DegradesWhenOnlyTheSecondListIsNotMet) {
  const Result result =
      run(site().url("plain"), "expect: {status: 200}\nexpect_degraded: {total: {less_than: 0ms}}");
  EXPECT_EQ(result.outcome, Outcome::degraded) << summary(result);
  EXPECT_EQ(result.reason, Reason::expectation_failed);
  EXPECT_THAT(result.message, HasSubstr("total"));
}

TEST_F(HttpAnswerTest, CompressedBodiesAreReadInTheClear) {
  const Result result =
      run(site().url("plain", "/gzip"),
          fmt::format("expect: {{headers: {{Content-Encoding: gzip}}, body: {{contains: bought, "
                      "length: {}}}}}",
                      TestSite::page_body));
  EXPECT_THAT(result, Passes());
  EXPECT_THAT(gauge(result, "probe_http_content_length"), Not(testing::Gt(TestSite::page_body)));
}

TEST_F(HttpAnswerTest, CompressionCanBeSwitchedOff) {
  EXPECT_THAT(run(site().url("plain", "/gzip"),
                  "compression: false\nexpect: {headers: {Content-Encoding: {present: false}}}"),
              Passes());
}

TEST_F(HttpAnswerTest, ABigBodyIsCountedAndNotKept) {
  const Result result = run(site().url("plain", "/big"),
                            fmt::format("expect: {{body: {{length: {}}}}}", TestSite::big_body));
  EXPECT_THAT(result, Passes());
  EXPECT_EQ(gauge(result, "probe_http_uncompressed_body_length"), TestSite::big_body);
}

TEST_F(HttpAnswerTest, WhatWasNotKeptCannotBeJudged) {
  EXPECT_THAT(
      run(site().url("plain", "/big"), "body_cap: 1KiB\nexpect: {body: {contains: never there}}"),
      FailsWith(Reason::body_too_large));
  EXPECT_THAT(run(site().url("plain", "/big"), "body_cap: 1KiB\nexpect: {body: {contains: xxxx}}"),
              Passes());
}

TEST_F(HttpAnswerTest, PhasesAreToldInOrderAndAddUp) {
  run(site().url("tls", "/big"), "expect: {status: 200}");  // reads the roots, which is no phase
  const auto waited = waited_for_core();
  const Result result = run(site().url("tls", "/big"), "expect: {status: 200}");
  // What lies between the phases: little of our own, and the wait for a core.
  const Microseconds between = 5ms + (waited_for_core() - waited);
  EXPECT_THAT(result, Passes());
  std::vector<std::string> names;
  Microseconds sum{};
  for (const Phase& each : result.phases) {
    EXPECT_GE(each.duration, 0us) << each.name;
    names.emplace_back(each.name);
    if (each.name != "total") sum += each.duration;
  }
  std::erase(names, "resolve");  // an address takes next to none, or none at all
  EXPECT_THAT(names, testing::ElementsAre("connect", "tls", "processing", "transfer", "total"));
  EXPECT_THAT(phase(result, "total"), Optional(AllOf(Ge(sum - 1ms), Le(sum + between))));
  EXPECT_THAT(phase(result, "tls"), Optional(testing::Gt(0us)));
  EXPECT_LE(*phase(result, "total"), result.duration + 1ms);
}

class HttpTimeTest : public HttpProbeTest {
 protected:
  // A busy machine may see the bytes before the pause late, so only half of it is sure to fall into
  // the phase.
  static constexpr std::chrono::milliseconds pause = 200ms;
  static constexpr Microseconds sure = pause / 2;
};

TEST_F(HttpTimeTest, AWaitBeforeTheAnswerIsProcessing) {
  const ScriptedServer server(
      Script().read_request().wait(pause).send(http_answer("200 OK", "fine")));
  const Result result = run(server.url());
  EXPECT_THAT(result, Passes());
  EXPECT_THAT(phase(result, "processing"), Optional(Ge(sure)));
  EXPECT_LT(phase(result, "transfer").value_or(0us), sure);
  EXPECT_THAT(phase(result, "total"), Optional(Ge(pause)));
}

TEST_F(HttpTimeTest, AWaitInTheBodyIsTransfer) {
  const ScriptedServer server(Script()
                                  .read_request()
                                  .send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfi")
                                  .wait(pause)
                                  .send("ne"));
  const Result result = run(server.url());
  EXPECT_THAT(result, Passes());
  EXPECT_THAT(phase(result, "transfer"), Optional(Ge(sure)));
}

TEST_F(HttpTimeTest, SlownessCanDegrade) {
  const ScriptedServer server(
      Script().read_request().wait(pause).send(http_answer("200 OK", "fine")));
  const Result result = run(server.url(), "expect_degraded: {processing: {less_than: 50ms}}");
  EXPECT_EQ(result.outcome, Outcome::degraded) << summary(result);
  EXPECT_THAT(result.message, HasSubstr("processing time"));
}

TEST_F(HttpTimeTest, WhatWasSpentUntilATimeoutIsTold) {
  const ScriptedServer server(Script().read_request().stall());
  const Result result = run(server.url(), {}, pause);
  EXPECT_THAT(result, FailsWith(Reason::timeout));
  EXPECT_THAT(phase(result, "processing"), Optional(Ge(sure)));
}

}  // namespace
}  // namespace vedette::test
