// SPDX-License-Identifier: Apache-2.0
// From the text of the configuration to the sentence about what was seen.
#include "probes/expect/expectation.h"

#include <gtest/gtest.h>

#include "config/document.h"
#include "probes/expect/parse.h"

namespace vedette::expect {
namespace {

constexpr std::array<Subject, 7> subjects{{
    {.key = "status", .words = "status", .kind = Kind::status},
    {.key = "headers", .words = "header", .kind = Kind::named_texts, .alias = "header"},
    {.key = "body", .words = "body", .kind = Kind::text},
    {.key = "answers", .words = "number of answers", .kind = Kind::number},
    {.key = "total", .words = "total time", .kind = Kind::time},
    {.key = "certificate_expires_in",
     .words = "the certificate",
     .kind = Kind::time_left,
     .missing = "there was no certificate"},
    {.key = "url", .words = "final URL", .kind = Kind::text},
}};

using Pairs = std::vector<std::pair<std::string, std::string>>;

class ExpectationTest : public testing::Test {
 protected:
  // What the one expectation in `yaml` says: "ok: ..." or "not ok: ...".
  std::string say(const std::string& yaml) {
    const Observation observation = only(yaml);
    return (observation.ok ? "ok: " : "not ok: ") + observation.saw;
  }

  Observation only(const std::string& yaml) {
    const auto all = observe(yaml);
    EXPECT_EQ(all.size(), 1u) << yaml;
    return all.empty() ? Observation{} : all.front();
  }

  std::vector<Observation> observe(const std::string& yaml) {
    config::Problems problems;
    const auto node = config::parse(yaml, "test.yaml", problems);
    EXPECT_TRUE(node) << problems.text();
    const auto expectations = parse(*node, "expect", subjects, problems);
    EXPECT_TRUE(problems.empty()) << problems.text();
    std::vector<Observation> evidence;
    unmet_ = evaluate(expectations, observed_, mask_, evidence);
    all_hold_ = all_hold(expectations, observed_);
    return evidence;
  }

  void see_status(int status) { observed_.set(0, static_cast<double>(status)); }
  void see_headers(const Pairs& headers) { observed_.set(1, NamedTexts(headers)); }
  void see_body(std::string_view body) { observed_.set(2, Text(body)); }
  void see_answers(double count) { observed_.set(3, count); }
  void see_total(double milliseconds) { observed_.set(4, milliseconds * 1000); }
  void see_certificate_days(double days) { observed_.set(5, days * 86'400e6); }

  Observed observed_;
  bool all_hold_ = false;
  Mask mask_;
  std::optional<Unmet> unmet_;
};

TEST_F(ExpectationTest, StatusIsComparedWithAValue) {
  see_status(502);
  EXPECT_EQ(say("status: 200"), "not ok: status was 502, expected 200");
  EXPECT_EQ(say("status: 502"), "ok: status was 502");
  EXPECT_EQ(say("status: {not: 502}"), "not ok: status was 502, expected anything but 502");
  EXPECT_EQ(say("status: {not: 200}"), "ok: status was 502");
}

TEST_F(ExpectationTest, StatusIsComparedWithListRangeAndClass) {
  see_status(404);
  EXPECT_EQ(say("status: [200, 204, 3xx]"), "not ok: status was 404, expected 200, 204 or 3xx");
  EXPECT_EQ(say("status: [200, 404]"), "ok: status was 404");
  EXPECT_EQ(say("status: 200-399"), "not ok: status was 404, expected 200-399");
  EXPECT_EQ(say("status: 404-404"), "ok: status was 404");
  EXPECT_EQ(say("status: 2xx"), "not ok: status was 404, expected 2xx");
  EXPECT_EQ(say("status: 4XX"), "ok: status was 404");
  EXPECT_EQ(say("status: {not: [4xx, 5xx]}"),
            "not ok: status was 404, expected anything but 4xx or 5xx");
  EXPECT_EQ(say("status: {equals: 404}"), "ok: status was 404");
  EXPECT_EQ(say("status: {less_than: 400}"), "not ok: status was 404, expected less than 400");
}

TEST_F(ExpectationTest, RangesHoldBothOfTheirEnds) {
  for (const auto& [status, holds] :
       std::vector<std::pair<int, bool>>{{199, false}, {200, true}, {299, true}, {300, false}}) {
    see_status(status);
    EXPECT_EQ(only("status: 200-299").ok, holds) << status;
    EXPECT_EQ(only("status: 2xx").ok, holds) << status;
  }
}

TEST_F(ExpectationTest, BodyContains) {
  see_body("<h1>Bad gateway</h1>");
  EXPECT_EQ(say("body: {contains: Sign in}"),
            "not ok: body did not contain \"Sign in\", it began with \"<h1>Bad gateway</h1>\"");
  EXPECT_EQ(say("body: {contains: gateway}"), "ok: body contained \"gateway\"");
  EXPECT_EQ(say("body: {not: {contains: gateway}}"),
            "not ok: body contained \"gateway\", expected it not to");
  EXPECT_EQ(say("body: {not: {contains: Sign in}}"), "ok: body did not contain \"Sign in\"");
  see_body("");
  EXPECT_EQ(say("body: {contains: x}"), "not ok: body did not contain \"x\", it was empty");
}

TEST_F(ExpectationTest, BodyMatchesARegularExpression) {
  see_body("version 1.24\n");
  EXPECT_EQ(say("body: {matches: 'version \\d+\\.\\d+'}"),
            "ok: body matched /version \\d+\\.\\d+/");
  EXPECT_EQ(say("body: {matches: ^ready$}"),
            "not ok: body did not match /^ready$/, it began with \"version 1.24\\n\"");
  EXPECT_EQ(say("body: {not: {matches: '[0-9]'}}"),
            "not ok: body matched /[0-9]/, expected it not to");
  EXPECT_EQ(say("body: {not: {matches: error}}"), "ok: body did not match /error/");
}

TEST_F(ExpectationTest, BodyEquals) {
  see_body("pong");
  EXPECT_EQ(say("body: pong"), "ok: body was \"pong\"");
  EXPECT_EQ(say("body: {equals: ping}"), "not ok: body was \"pong\", expected \"ping\"");
  EXPECT_EQ(say("body: {not: pong}"), "not ok: body was \"pong\", expected anything else");
  EXPECT_EQ(say("body: pongs"), "not ok: body was \"pong\", expected \"pongs\"");
}

TEST_F(ExpectationTest, BodyLength) {
  see_body("12345");
  EXPECT_EQ(say("body: {length: {greater_than: 100}}"),
            "not ok: body had 5 bytes, expected more than 100 bytes");
  EXPECT_EQ(say("body: {length: {at_least: 5}}"), "ok: body had 5 bytes");
  EXPECT_EQ(say("body: {length: {at_most: 4}}"),
            "not ok: body had 5 bytes, expected at most 4 bytes");
  EXPECT_EQ(say("body: {length: {less_than: 1KiB}}"), "ok: body had 5 bytes");
  EXPECT_EQ(say("body: {length: 1}"), "not ok: body had 5 bytes, expected 1 byte");
  EXPECT_EQ(say("body: {not: {length: 5}}"), "not ok: body had 5 bytes, expected not 5 bytes");
  EXPECT_EQ(say("body: {length: {not: {less_than: 6}}}"),
            "not ok: body had 5 bytes, expected not less than 6 bytes");
}

TEST_F(ExpectationTest, NegationReachesEverySingleCondition) {
  see_body("a b");
  const auto all = observe("body: {not: {contains: [a, x], matches: y}}");
  ASSERT_EQ(all.size(), 3u);
  EXPECT_FALSE(all[0].ok);
  EXPECT_TRUE(all[1].ok);
  EXPECT_TRUE(all[2].ok);
  EXPECT_TRUE(only("body: {not: {not: {contains: a}}}").ok);
  EXPECT_FALSE(only("body: {not: {not: {contains: x}}}").ok);
}

TEST_F(ExpectationTest, HeadersAreFoundWithoutCaseAndMayStandTwice) {
  const Pairs headers{{"Content-Type", "text/html"}, {"set-cookie", "a=1"}, {"Set-Cookie", "b=2"}};
  see_headers(headers);
  EXPECT_EQ(say("headers: {content-type: text/html}"), "ok: header content-type was \"text/html\"");
  EXPECT_EQ(say("header: {Content-Type: application/json}"),
            "not ok: header Content-Type was \"text/html\", expected \"application/json\"");
  EXPECT_EQ(say("headers: {Set-Cookie: {contains: b=}}"), "ok: header Set-Cookie contained \"b=\"");
  EXPECT_EQ(say("headers: {Set-Cookie: {not: {contains: b=}}}"),
            "not ok: header Set-Cookie contained \"b=\", expected it not to");
  EXPECT_EQ(say("headers: {Set-Cookie: {length: {less_than: 3}}}"),
            "not ok: header Set-Cookie had 3 bytes, expected less than 3 bytes");
}

TEST_F(ExpectationTest, AMissingHeaderFulfilsOnlyWhatIsNegated) {
  see_headers({});
  EXPECT_EQ(say("headers: {X-Cache: HIT}"), "not ok: header X-Cache was missing, expected \"HIT\"");
  EXPECT_EQ(say("headers: {X-Cache: {contains: HIT}}"),
            "not ok: header X-Cache was missing, expected one that contains \"HIT\"");
  EXPECT_EQ(say("headers: {X-Cache: {not: {contains: HIT}}}"), "ok: header X-Cache was missing");
}

TEST_F(ExpectationTest, HeadersArePresentOrNot) {
  const Pairs headers{{"Server", "nginx"}};
  see_headers(headers);
  EXPECT_EQ(say("headers: {Server: {present: true}}"), "ok: header Server was \"nginx\"");
  EXPECT_EQ(say("headers: {Server: {present: false}}"),
            "not ok: header Server was \"nginx\", expected none");
  EXPECT_EQ(say("headers: {Via: {present: true}}"),
            "not ok: header Via was missing, expected it to be there");
  EXPECT_EQ(say("headers: {Via: {not: {present: true}}}"), "ok: header Via was missing");
  EXPECT_EQ(say("headers: {Via: {not: {present: false}}}"),
            "not ok: header Via was missing, expected it to be there");
}

TEST_F(ExpectationTest, NumbersAreCompared) {
  see_answers(3);
  EXPECT_EQ(say("answers: 3"), "ok: number of answers was 3");
  EXPECT_EQ(say("answers: [1, 2]"), "not ok: number of answers was 3, expected 1 or 2");
  EXPECT_EQ(say("answers: {at_most: 2}"), "not ok: number of answers was 3, expected at most 2");
  EXPECT_EQ(say("answers: {greater_than: 2.5}"), "ok: number of answers was 3");
  EXPECT_EQ(say("answers: {not: {at_least: 3}}"),
            "not ok: number of answers was 3, expected not at least 3");
}

TEST_F(ExpectationTest, TimesAreCompared) {
  see_total(812.4);
  EXPECT_EQ(say("total: {less_than: 800ms}"),
            "not ok: total time was 812.4ms, expected less than 800ms");
  EXPECT_EQ(say("total: {less_than: 1s}"), "ok: total time was 812.4ms");
  EXPECT_EQ(say("total: {not: {less_than: 1s}}"),
            "not ok: total time was 812.4ms, expected not less than 1s");
  see_total(1500);
  EXPECT_EQ(say("total: {at_most: 1s}"), "not ok: total time was 1.500s, expected at most 1s");
  EXPECT_EQ(say("total: {at_least: 1500ms}"), "ok: total time was 1.500s");
  EXPECT_EQ(say("total: {less_than: 1500ms}"),
            "not ok: total time was 1.500s, expected less than 1s500ms");
}

TEST_F(ExpectationTest, CertificatesExpireInTheFutureOrThePast) {
  see_certificate_days(13.5);
  EXPECT_EQ(say("certificate_expires_in: {greater_than: 14d}"),
            "not ok: the certificate expires in 13d12h, expected more than 14d");
  EXPECT_EQ(say("certificate_expires_in: {greater_than: 13d}"),
            "ok: the certificate expires in 13d12h");
  see_certificate_days(-2);
  EXPECT_EQ(say("certificate_expires_in: {greater_than: 14d}"),
            "not ok: the certificate expired 2d ago, expected more than 14d");
}

TEST_F(ExpectationTest, WhatWasNotSeenFulfilsNothing) {
  EXPECT_EQ(say("certificate_expires_in: {greater_than: 14d}"), "not ok: there was no certificate");
  EXPECT_EQ(say("certificate_expires_in: {not: {greater_than: 14d}}"),
            "not ok: there was no certificate");
}

TEST_F(ExpectationTest, ACutBodyIsNeverGuessedAbout) {
  observed_.set(2, Text("beginning", 5000));
  EXPECT_EQ(say("body: {contains: beg}"), "ok: body contained \"beg\"");
  EXPECT_EQ(say("body: {contains: end}"),
            "not ok: body did not contain \"end\" in its first 9 of 5000 bytes, it began with "
            "\"beginning\"");
  EXPECT_EQ(say("body: {not: {contains: error}}"),
            "not ok: body did not contain \"error\" in its first 9 of 5000 bytes, and the rest "
            "was not kept");
  ASSERT_TRUE(unmet_);
  EXPECT_TRUE(unmet_->undecided);
  EXPECT_EQ(say("body: {length: 5000}"), "ok: body had 5000 bytes");
  EXPECT_FALSE(only("body: beginning").ok);
  EXPECT_FALSE(unmet_->undecided);  // the lengths differ, which is certain
}

TEST_F(ExpectationTest, LabelsSayWhatWasExpected) {
  see_status(200);
  see_headers({});
  see_body("x");
  see_total(1);
  EXPECT_EQ(only("status: 2xx").expectation, "status: 2xx");
  EXPECT_EQ(only("status: {not: [404, 500-599]}").expectation, "status: not 404 or 5xx");
  EXPECT_EQ(only("headers: {Via: {not: {contains: x}}}").expectation,
            "headers Via: not contains \"x\"");
  EXPECT_EQ(only("body: {length: {less_than: 3}}").expectation, "body: length less than 3 bytes");
  EXPECT_EQ(only("total: {less_than: 800ms}").expectation, "total: less than 800ms");
}

TEST_F(ExpectationTest, TheFirstUnmetOneIsToldInTheOrderOfTheSubjects) {
  see_status(500);
  see_body("");
  observe("body: {contains: x}\nstatus: 200");
  ASSERT_TRUE(unmet_);
  EXPECT_EQ(unmet_->sentence, "status was 500, expected 200");
  observe("status: 500");
  EXPECT_FALSE(unmet_);
}

TEST_F(ExpectationTest, ExcerptsAreBoundedMaskedAndPrintable) {
  mask_.add("hunter2hunter2");
  const std::string body = "\x1b[31m hunter2hunter2 \xff" + std::string(10'000, 'x');
  see_body(body);
  const std::string sentence = say("body: {contains: y}");
  EXPECT_LT(sentence.size(), 200u);
  EXPECT_EQ(sentence.find("hunter2"), std::string::npos);
  EXPECT_NE(sentence.find("\\x1b[31m *** \\xffxxx"), std::string::npos) << sentence;
  EXPECT_TRUE(sentence.ends_with("...\"")) << sentence;
}

TEST_F(ExpectationTest, NoCutLeavesAPieceOfASecret) {
  const std::string secret = "0123456789abcdefghijklmnopqrstuvwxyz";
  mask_.add(secret);
  for (std::size_t before = 0; before < 700; ++before) {
    const std::string body = std::string(before, '.') + secret + std::string(700, '.');
    see_body(body);
    const std::string sentence = say("body: {contains: y}");
    EXPECT_EQ(sentence.find("0123"), std::string::npos) << before << ": " << sentence;
  }
}

TEST_F(ExpectationTest, AllHoldWhenNoneIsUnmet) {
  see_status(200);
  see_body("hello");
  for (const auto& [yaml, hold] : {std::pair{"{}", true},
                                   {"{status: 200, body: {contains: hell}}", true},
                                   {"{status: 200, body: {contains: heaven}}", false},
                                   {"{answers: {at_least: 1}}", false}}) {
    observe(yaml);
    EXPECT_EQ(all_hold_, hold) << yaml;
    EXPECT_EQ(unmet_.has_value(), !hold) << yaml;
  }
}

TEST_F(ExpectationTest, ThousandsOfSimpleChecksStaySmall) {
  EXPECT_LE(sizeof(Expectation), 136u);
}

TEST(TextMatcher, LinearRegularExpressionsEndSoonOnHostileBodies) {
  const auto matcher = TextMatcher::matches("(a+)+$");
  ASSERT_TRUE(matcher);
  const std::string body = std::string(1 << 20, 'a') + "b";
  EXPECT_EQ(matcher->find(Text(body)), Finding::does_not);
}

}  // namespace
}  // namespace vedette::expect
