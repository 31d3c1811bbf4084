// SPDX-License-Identifier: Apache-2.0
// From exchanges to results: outcomes, reasons, evidence, families, tokens.
#include "probes/http/run.h"

#include "probes/http/series.h"
#include "tests/unit/probes/http/fake_client.h"

namespace vedette::http {
namespace {

using namespace std::chrono_literals;
using test::Asked;
using test::broken;
using test::Check;
using test::header;
using test::page;

const std::string plain = "url: http://shop.test/\n";

Microseconds phase(const Result& result, std::string_view name) {
  for (const Phase& phase : result.phases) {
    if (phase.name == name) return phase.duration;
  }
  return Microseconds(-1);
}

TEST(HttpRun, PassesOnAnyStatusOfTheClass2xxByDefault) {
  Check check(plain);
  for (const int status : {200, 204, 299}) {
    check.client.answer = [&](const Asked&) { return page(status); };
    EXPECT_EQ(check.run().outcome, Outcome::pass) << status;
  }
  for (const int status : {199, 301, 404, 500}) {
    check.client.answer = [&](const Asked&) { return page(status); };
    const Result result = check.run();
    EXPECT_EQ(result.outcome, Outcome::fail) << status;
    EXPECT_EQ(result.reason, Reason::expectation_failed);
  }
}

TEST(HttpRun, APassCarriesPhasesEvidenceAndFactsButNoTranscript) {
  Check check(plain);
  const Instant before = wall_now();
  const Result result = check.run();
  EXPECT_EQ(result.outcome, Outcome::pass);
  EXPECT_EQ(result.reason, std::nullopt);
  EXPECT_EQ(result.message, "");
  EXPECT_GE(result.started_at, before);
  EXPECT_LE(result.started_at, wall_now());
  EXPECT_EQ(result.duration, 12ms);
  ASSERT_EQ(result.phases.size(), 5u);  // no TLS
  EXPECT_EQ(result.phases.front().name, "resolve");
  EXPECT_EQ(result.phases.back().name, "total");
  EXPECT_EQ(phase(result, "processing"), 4ms);
  ASSERT_EQ(result.evidence.size(), 1u);
  EXPECT_EQ(result.evidence[0].expectation, "status: 2xx");
  EXPECT_EQ(result.evidence[0].saw, "status was 200");
  EXPECT_EQ(result.transcript.text(), "");
  EXPECT_EQ(result.gauges.size(), gauges.size());
  EXPECT_TRUE(result.infos.empty());  // no TLS
}

TEST(HttpRun, ABriefRunLeavesEvidenceAndFactsOutWhenItPassesAndOnlyThen) {
  Check check(plain + "expect_degraded: {body: {contains: hello}}");
  const Result passed = check.run_briefly();
  EXPECT_EQ(passed.outcome, Outcome::pass);
  EXPECT_TRUE(passed.evidence.empty() && passed.facts.empty());
  EXPECT_EQ(passed.phases.size(), 5u);
  EXPECT_EQ(passed.gauges.size(), gauges.size());

  check.client.answer = [](const Asked&) { return page(200, "good bye"); };
  const Result degraded = check.run_briefly(), in_full = check.run();
  EXPECT_EQ(degraded.outcome, Outcome::degraded);
  EXPECT_EQ(test::all_texts(degraded), test::all_texts(in_full));
}

TEST(HttpRun, AFailureTellsTheSentenceAndKeepsTheDialogue) {
  Check check(plain + "headers: {X-Trace: abc}\nexpect: {body: {contains: Sign in}}");
  check.client.answer = [](const Asked&) { return page(502, "<h1>Bad gateway</h1>\nnginx"); };
  const Result result = check.run();
  EXPECT_EQ(result.outcome, Outcome::fail);
  EXPECT_EQ(result.reason, Reason::expectation_failed);
  EXPECT_EQ(result.message, "status was 502, expected 2xx");
  EXPECT_EQ(result.evidence.size(), 2u);
  EXPECT_EQ(result.transcript.text(),
            "> GET http://shop.test/\n> X-Trace: abc\n> User-Agent: vedette\n< HTTP/1.1 502\n"
            "< Content-Type: text/html\n< Content-Length: 5\n<h1>Bad gateway</h1>\nnginx\n");
}

TEST(HttpRun, DegradedOnlyWhenNothingFailed) {
  Check check(plain + "expect_degraded: {total: {less_than: 5ms}}");
  Result result = check.run();
  EXPECT_EQ(result.outcome, Outcome::degraded);
  EXPECT_EQ(result.reason, Reason::expectation_failed);
  EXPECT_EQ(result.message, "total time was 12.0ms, expected less than 5ms");
  EXPECT_NE(result.transcript.text(), "");

  check.client.answer = [](const Asked&) { return page(500); };
  result = check.run();
  EXPECT_EQ(result.outcome, Outcome::fail);
  EXPECT_EQ(result.message, "status was 500, expected 2xx");
  EXPECT_EQ(result.evidence.size(), 2u);
}

struct Expected {
  const char* expectation;
  bool met;
};

class HttpSubjects : public testing::TestWithParam<Expected> {};

// Each subject once met and once not, on one and the same exchange.
TEST_P(HttpSubjects, AreSeenInTheExchange) {
  Check check(plain + "expect: {status: 201, " + GetParam().expectation + "}");
  check.client.answer = [](const Asked&) {
    net::HttpExchange exchange = page(201, "body text");
    exchange.version = "2";
    exchange.final_url = "https://shop.test/end";
    exchange.redirects = 2;
    exchange.timings = {1ms, 2ms, 3ms, 4ms, 5ms, 15ms};
    exchange.tls.emplace();
    exchange.tls->chain = std::make_shared<const std::vector<net::Certificate>>(1);
    exchange.tls->last_chain_expiry = wall_now() + std::chrono::days(20);
    return exchange;
  };
  const Result result = check.run();
  EXPECT_EQ(result.outcome == Outcome::pass, GetParam().met) << result.message;
}

INSTANTIATE_TEST_SUITE_P(
    All, HttpSubjects,
    testing::Values(
        Expected{"headers: {content-type: text/html}", true},
        Expected{"headers: {content-type: text/plain}", false}, Expected{"body: body text", true},
        Expected{"body: {length: 8}", false}, Expected{"final_url: {contains: /end}", true},
        Expected{"final_url: http://shop.test/", false}, Expected{"redirects: 2", true},
        Expected{"redirects: {at_most: 1}", false}, Expected{"http_version: 2", true},
        Expected{"http_version: '1.1'", false}, Expected{"remote_address: 192.0.2.1", true},
        Expected{"remote_address: {matches: ^10\\.}", false},
        Expected{"resolve: {at_most: 1ms}", true}, Expected{"resolve: {less_than: 1ms}", false},
        Expected{"connect: {at_most: 2ms}", true}, Expected{"connect: {at_most: 1ms}", false},
        Expected{"tls: {at_most: 3ms}", true}, Expected{"tls: {at_most: 2ms}", false},
        Expected{"processing: {at_most: 4ms}", true}, Expected{"processing: {at_most: 3ms}", false},
        Expected{"transfer: {at_most: 5ms}", true}, Expected{"transfer: {at_most: 4ms}", false},
        Expected{"total: {at_most: 15ms}", true}, Expected{"total: {at_most: 14ms}", false},
        Expected{"certificate_expires_in: {greater_than: 19d}", true},
        Expected{"certificate_expires_in: {greater_than: 20d}", false}));

TEST(HttpRun, WithoutTlsNoCertificateIsExpectedInVain) {
  Check check(plain + "expect_degraded: {certificate_expires_in: {greater_than: 14d}}");
  const Result result = check.run();
  EXPECT_EQ(result.outcome, Outcome::degraded);
  EXPECT_EQ(result.message, "there was no certificate");
}

TEST(HttpRun, ABodyThatWasNotKeptWholeDecidesNothing) {
  Check check(plain + "body_cap: 5\nexpect: {body: {not: {contains: error}}}");
  check.client.answer = [](const Asked&) {
    net::HttpExchange exchange = page(200, "hello");
    exchange.body_bytes = 5000;
    return exchange;
  };
  const Result result = check.run();
  EXPECT_EQ(result.outcome, Outcome::fail);
  EXPECT_EQ(result.reason, Reason::body_too_large);
}

TEST(HttpRun, ABrokenExchangeKeepsItsReasonAndWhatWasLearned) {
  Check check("url: https://shop.test/");
  check.client.answer = [](const Asked&) {
    net::HttpExchange exchange = broken(Reason::tls_expired, "the certificate expired");
    exchange.remote_address = "2001:db8::7";
    exchange.timings = {1ms, 2ms, 3ms, 0ms, 0ms, 6ms};
    net::Certificate leaf;
    leaf.subject = "CN=shop.test";
    leaf.not_after = Instant(1000s);
    exchange.tls.emplace();
    exchange.tls->version = "TLS 1.3";
    exchange.tls->chain = std::make_shared<const std::vector<net::Certificate>>(1, leaf);
    exchange.tls->earliest_expiry = Instant(1000s);
    exchange.tls->verification = exchange.failure;
    return exchange;
  };
  const Result result = check.run();
  EXPECT_EQ(result.outcome, Outcome::fail);
  EXPECT_EQ(result.reason, Reason::tls_expired);
  EXPECT_EQ(result.message, "the certificate expired");
  ASSERT_EQ(result.evidence.size(), 1u);
  EXPECT_EQ(result.evidence[0].expectation, "an answer");
  EXPECT_FALSE(result.evidence[0].ok);
  EXPECT_EQ(phase(result, "tls"), 3ms);
  EXPECT_EQ(phase(result, "processing"), Microseconds(-1));
  const std::string texts = test::all_texts(result);
  EXPECT_NE(texts.find("CN=shop.test"), std::string::npos);
  EXPECT_NE(texts.find("tls_verification_error"), std::string::npos);
  EXPECT_NE(texts.find("1970-01-01T00:16:40.000Z"), std::string::npos);
  EXPECT_NE(result.transcript.text().find("* the certificate expired"), std::string::npos);
}

TEST(HttpRun, A401IsAuthFailedOnlyWhenTheCheckSignsIn) {
  Check signed_in(plain + "auth: {bearer: t0ken-value}");
  signed_in.client.answer = [](const Asked&) { return page(401); };
  Result result = signed_in.run();
  EXPECT_EQ(result.reason, Reason::auth_failed);
  EXPECT_EQ(result.message,
            "the server did not accept the credentials: status was 401, expected 2xx");
  EXPECT_EQ(header(signed_in.client.asked[0].request, "Authorization"), "Bearer t0ken-value");

  Check anonymous(plain);
  anonymous.client.answer = [](const Asked&) { return page(401); };
  EXPECT_EQ(anonymous.run().reason, Reason::expectation_failed);

  Check expected(plain + "auth: {bearer: wrong-token}\nexpect: {status: 401}");
  expected.client.answer = [](const Asked&) { return page(401); };
  EXPECT_EQ(expected.run().outcome, Outcome::pass);
}

// ---- both families

TEST(HttpEachFamily, AsksBothAndNamesThemInTheEvidence) {
  Check check(plain + "ip: each");
  const Result result = check.run();
  EXPECT_EQ(result.outcome, Outcome::pass);
  ASSERT_EQ(check.client.asked.size(), 2u);
  EXPECT_EQ(check.client.asked[0].options.family, net::IpFamily::v4);
  EXPECT_EQ(check.client.asked[1].options.family, net::IpFamily::v6);
  ASSERT_EQ(result.evidence.size(), 2u);
  EXPECT_EQ(result.evidence[0].expectation, "IPv4, status: 2xx");
  EXPECT_EQ(result.evidence[0].saw, "over IPv4: status was 200");
  EXPECT_EQ(result.evidence[1].saw, "over IPv6: status was 200");
  EXPECT_EQ(result.message, "");
}

TEST(HttpEachFamily, FailsWithTheFailingOnesPhasesAndName) {
  Check check(plain + "ip: each");
  for (const auto failing : {net::IpFamily::v4, net::IpFamily::v6}) {
    check.client.answer = [&](const Asked& asked) {
      return asked.options.family == failing
                 ? broken(Reason::connect_refused, "the connection was refused")
                 : page();
    };
    const Result result = check.run();
    const std::string name = failing == net::IpFamily::v4 ? "IPv4" : "IPv6";
    EXPECT_EQ(result.outcome, Outcome::fail);
    EXPECT_EQ(result.reason, Reason::connect_refused);
    EXPECT_EQ(result.message, "over " + name + ": the connection was refused");
    EXPECT_EQ(result.duration, 3ms);  // of the failing one
    EXPECT_EQ(result.evidence.size(), 2u);
  }
}

TEST(HttpEachFamily, ShowsTheSlowerOneWhenBothPass) {
  Check check(plain + "ip: each");
  check.client.answer = [](const Asked& asked) {
    net::HttpExchange exchange = page();
    if (asked.options.family == net::IpFamily::v6) exchange.timings.total = 100ms;
    return exchange;
  };
  EXPECT_EQ(check.run().duration, 100ms);
}

TEST(HttpEachFamily, AFailureIsWorseThanADegradedOne) {
  Check check(plain + "ip: each\nexpect_degraded: {total: {less_than: 50ms}}");
  check.client.answer = [](const Asked& asked) {
    net::HttpExchange exchange = asked.options.family == net::IpFamily::v4 ? page() : page(500);
    if (asked.options.family == net::IpFamily::v4) exchange.timings.total = 100ms;
    return exchange;
  };
  const Result result = check.run();
  EXPECT_EQ(result.outcome, Outcome::fail);
  EXPECT_EQ(result.message, "over IPv6: status was 500, expected 2xx");
}

TEST(HttpEachFamily, TheFirstMayUseHalfOfTheTime) {
  Check check(plain + "ip: each");
  const auto started = Steady::now();
  check.run(10s);
  const auto half = check.client.asked[0].deadline.at - started;
  EXPECT_GE(half, 4900ms);
  EXPECT_LE(half, 5500ms);
  EXPECT_GE(check.client.asked[1].deadline.at - started, 10s);
}

// ---- tokens

const std::string with_oauth2 = plain +
                                "auth: {oauth2: {token_url: 'https://login.test/token', "
                                "client_id: me, client_secret: cl1ent-secret}}\n";

net::HttpExchange token(const std::string& value, const std::string& more = "") {
  return page(200, R"({"access_token":")" + value + R"(","token_type":"Bearer")" + more + "}");
}

bool is_token_request(const Asked& asked) {
  return asked.request.url == "https://login.test/token";
}

TEST(HttpOAuth2, FetchesATokenOnceAndKeepsIt) {
  Check check(with_oauth2);
  check.client.answer = [](const Asked& asked) {
    return is_token_request(asked) ? token("tok-1", R"(,"expires_in":3600)") : page();
  };
  const Result first = check.run();
  const Result second = check.run();
  EXPECT_EQ(first.outcome, Outcome::pass);
  EXPECT_EQ(second.outcome, Outcome::pass);
  ASSERT_EQ(check.client.asked.size(), 3u);
  EXPECT_EQ(check.client.asked[0].request.method, "POST");
  EXPECT_EQ(header(check.client.asked[1].request, "Authorization"), "Bearer tok-1");
  EXPECT_EQ(header(check.client.asked[2].request, "Authorization"), "Bearer tok-1");
  EXPECT_GE(phase(first, "auth"), Microseconds(0));
  EXPECT_EQ(phase(second, "auth"), Microseconds(-1));
  EXPECT_EQ(first.duration, 12ms);  // the exchange alone
}

TEST(HttpOAuth2, FetchesAgainWhenTheTokenHasExpired) {
  Check check(with_oauth2);
  check.client.answer = [](const Asked& asked) {
    return is_token_request(asked) ? token("tok-1", R"(,"expires_in":0)") : page();
  };
  check.run();
  check.run();
  EXPECT_EQ(check.client.asked.size(), 4u);
}

TEST(HttpOAuth2, RefreshesOnceWhenAKeptTokenIsRefused) {
  Check check(with_oauth2);
  int tokens = 0;
  check.client.answer = [&](const Asked& asked) {
    if (is_token_request(asked)) return token("tok-" + std::to_string(++tokens));
    const bool revoked = tokens == 1 && check.client.asked.size() > 2;
    return revoked ? page(401) : page();
  };
  EXPECT_EQ(check.run().outcome, Outcome::pass);  // token 1
  EXPECT_EQ(check.run().outcome, Outcome::pass);  // refused, token 2
  EXPECT_EQ(tokens, 2);
  EXPECT_EQ(header(check.client.asked.back().request, "Authorization"), "Bearer tok-2");
}

TEST(HttpOAuth2, GivesUpWhenANewTokenIsRefusedToo) {
  Check check(with_oauth2);
  int tokens = 0;
  check.client.answer = [&](const Asked& asked) {
    if (is_token_request(asked)) return token("tok-" + std::to_string(++tokens));
    return page(401);
  };
  EXPECT_EQ(check.run().reason, Reason::auth_failed);
  EXPECT_EQ(tokens, 1);
  EXPECT_EQ(check.run().reason, Reason::auth_failed);
  EXPECT_EQ(tokens, 2);
}

TEST(HttpOAuth2, NoTokenIsAuthFailedAndSaysWhy) {
  Check check(with_oauth2);
  const auto message = [&](net::HttpExchange answer) {
    check.client.answer = [&](const Asked&) { return answer; };
    const Result result = check.run();
    EXPECT_EQ(result.outcome, Outcome::fail);
    EXPECT_EQ(result.reason, Reason::auth_failed);
    EXPECT_EQ(result.gauges.size(), gauges.size());
    EXPECT_EQ(result.evidence.size(), 1u);
    return result.message;
  };
  EXPECT_EQ(message(broken(Reason::timeout, "no answer within 5s")),
            "no access token could be had: no answer within 5s");
  EXPECT_EQ(message(page(401, R"({"error":"invalid_client"})")),
            "no access token could be had: the token server answered with status 401: "
            "invalid_client");
  EXPECT_EQ(message(page(200, "<html>")),
            "no access token could be had: the token server's answer is no JSON object");
}

TEST(HttpOAuth2, TheTokenRequestObeysTheDeadlineOfTheRun) {
  Check check(with_oauth2);
  check.client.answer = [](const Asked&) { return broken(Reason::timeout, "x"); };
  const auto before = Steady::now();
  check.run(2s);
  EXPECT_LE(check.client.asked[0].deadline.at, Steady::now() + 2s);
  EXPECT_GE(check.client.asked[0].deadline.at, before + 2s);
}

TEST(HttpOAuth2, BothFamiliesUseOneToken) {
  Check check(with_oauth2 + "ip: each");
  check.client.answer = [](const Asked& asked) {
    return is_token_request(asked) ? token("tok-1") : page();
  };
  EXPECT_EQ(check.run().outcome, Outcome::pass);
  EXPECT_EQ(check.client.asked.size(), 3u);
}

}  // namespace
}  // namespace vedette::http
