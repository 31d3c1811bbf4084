// SPDX-License-Identifier: Apache-2.0
// What becomes of a run, by what it saw: reason, sentence, evidence, metrics.
#include "probes/round_trip/judge.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes/round_trip/series.h"
#include "probes/round_trip/subjects.h"
#include "tests/unit/config/parsed.h"

namespace vedette::round_trip {
namespace {

using namespace std::chrono_literals;
using testing::Contains;
using testing::Field;
using testing::HasSubstr;

constexpr Instant now{std::chrono::milliseconds(1795608000000)};

constexpr std::string_view added =
    "Received: from mx (mx [192.0.2.1]) (using TLSv1.3) by store.example.com with ESMTPS id 1\r\n"
    "Authentication-Results: mx.example.com; spf=pass; dkim=fail\r\n";

struct JudgeTest : testing::Test {
  JudgeTest() {
    rules.folders = {"INBOX", "Junk"};
    rules.trusted = {"mx.example.com"};
    trip.sent = compose({{"", "a@example.com"}, {"", "b@example.com"}, "s", {}, "body\n"},
                        Token{owner_of(7), {}, {}}, now);
    trip.accepted = "250 2.0.0 Ok";
    for (const char* phase : {"mailbox", "submission", "delivery", "retrieval"}) {
      trip.clock.enter(phase);
    }
    trip.clock.stop();
    trip.arrival = Arrival{.folder = "INBOX", .raw = std::string(added) + trip.sent.text};
  }

  Result judged() const { return judge(rules, trip, mask, now); }
  double gauge(const Result& result, std::string_view name) const {
    for (std::size_t i = 0; i < gauges.size(); ++i) {
      if (gauges[i].name == name) return result.gauges.at(i);
    }
    throw std::out_of_range(std::string(name));
  }
  void expect(const std::string& key, const std::string& yaml) {
    config::Problems problems;
    const config::Node node = config::parsed(key + ": " + yaml);
    config::Section section(node, "mail_round_trip", problems);
    rules.expectations = peer::read_expectations(section, subjects);
    ASSERT_TRUE(problems.empty()) << problems.text();
  }

  Rules rules;
  Trip trip;
  Mask mask;
};

TEST_F(JudgeTest, AMessageThatArrivesAsItWasSentPasses) {
  const Result result = judged();
  EXPECT_EQ(result.outcome, Outcome::pass) << result.message;
  EXPECT_EQ(result.reason, std::nullopt);
  EXPECT_EQ(result.evidence.size(), 3u);
  EXPECT_EQ(result.phases.size(), 5u);
  EXPECT_EQ(gauge(result, "probe_mail_copies"), 1);
  EXPECT_EQ(gauge(result, "probe_mail_in_junk"), 0);
  EXPECT_EQ(gauge(result, "probe_mail_hops"), 1);
  EXPECT_GE(gauge(result, "probe_mail_delivery_seconds"), 0);
}

TEST_F(JudgeTest, JunkFailsUnlessItMayHappen) {
  trip.arrival->folder = "Junk";
  trip.arrival->astray = true;
  EXPECT_EQ(judged().reason, Reason::mail_in_junk);
  EXPECT_EQ(judged().message, "the message arrived in Junk");
  rules.junk = Outcome::degraded;
  EXPECT_EQ(judged().outcome, Outcome::degraded);
  rules.junk = Outcome::pass;
  EXPECT_EQ(judged().outcome, Outcome::pass);
  EXPECT_EQ(gauge(judged(), "probe_mail_in_junk"), 1);
}

TEST_F(JudgeTest, SeveralCopiesDegrade) {
  trip.arrival->copies = 2;
  EXPECT_EQ(judged().outcome, Outcome::degraded);
  EXPECT_EQ(judged().reason, Reason::mail_duplicated);
  EXPECT_EQ(judged().message, "the message arrived 2 times");
  EXPECT_EQ(gauge(judged(), "probe_mail_copies"), 2);
}

TEST_F(JudgeTest, ACopyThatCameAfterItsRunIsToldByTheNext) {
  trip.late_copies = 1;
  EXPECT_EQ(judged().reason, Reason::mail_duplicated);
  EXPECT_EQ(judged().message, "a message of an earlier run arrived once more");
}

TEST_F(JudgeTest, AlteredFailsAndTellsWhat) {
  trip.arrival->raw += "-- \r\nscanned\r\n";
  const Result result = judged();
  EXPECT_EQ(result.reason, Reason::mail_altered);
  EXPECT_THAT(result.message, HasSubstr("2 lines stood behind the end of the body"));
  EXPECT_EQ(gauge(result, "probe_mail_altered"), 1);
}

TEST_F(JudgeTest, TheWorstIsToldAndAmongEqualsTheFirst) {
  trip.arrival->astray = true;
  trip.arrival->copies = 2;
  expect("expect", "{authentication: {dkim: pass}}");
  EXPECT_EQ(judged().reason, Reason::mail_in_junk);
  rules.junk = Outcome::degraded;
  EXPECT_EQ(judged().reason, Reason::expectation_failed);
  EXPECT_EQ(judged().message, "authentication dkim was \"fail\", expected \"pass\"");
  rules.expectations = {};
  EXPECT_EQ(judged().reason, Reason::mail_in_junk);
  EXPECT_EQ(judged().outcome, Outcome::degraded);
}

TEST_F(JudgeTest, ALateDeliveryHasItsOwnReason) {
  expect("expect_degraded", "{delivery: {less_than: 0s}}");
  const Result result = judged();
  EXPECT_EQ(result.outcome, Outcome::degraded);
  EXPECT_EQ(result.reason, Reason::mail_late);
  EXPECT_THAT(result.message, HasSubstr("delivery time was"));
  expect("expect", "{delivery: {less_than: 0s}}");
  EXPECT_EQ(judged().outcome, Outcome::fail);
  EXPECT_EQ(judged().reason, Reason::mail_late);
  expect("expect", "{total: {less_than: 0s}}");
  EXPECT_EQ(judged().reason, Reason::expectation_failed);
}

TEST_F(JudgeTest, HeadersVerdictsAndTheWayCanBeExpected) {
  expect("expect",
         "{authentication: {spf: pass}, received_tls: true, hops: 1, headers: {Subject: {contains: "
         "vedette-}}}");
  EXPECT_EQ(judged().outcome, Outcome::pass) << judged().message;
  expect("expect", "{authentication: {dmarc: pass}}");
  EXPECT_EQ(judged().message, "authentication dmarc was missing, expected \"pass\"");
  rules.trusted = {"other.example.com"};
  expect("expect", "{authentication: {spf: pass}}");
  EXPECT_EQ(judged().message, "authentication spf was missing, expected \"pass\"");
  expect("expect", "{submission_certificate_expires_in: {greater_than: 1d}}");
  EXPECT_EQ(judged().message, "the submission server showed no certificate");
}

TEST_F(JudgeTest, WhatDoesNotArriveIsNotDelivered) {
  trip.arrival.reset();
  trip.waited = 60s;
  const Result result = judged();
  EXPECT_EQ(result.outcome, Outcome::fail);
  EXPECT_EQ(result.reason, Reason::mail_not_delivered);
  EXPECT_EQ(result.message, "the message did not arrive within 1m, in INBOX or Junk");
  EXPECT_EQ(gauge(result, "probe_mail_copies"), 0);
  EXPECT_TRUE(std::isnan(gauge(result, "probe_mail_delivery_seconds")));
  trip.cut_short = true;
  trip.missing_folders = {"Junk"};
  EXPECT_EQ(judged().message,
            "the message did not arrive within 1m, in INBOX or Junk; then the timeout of the check "
            "ended the wait (there is no folder Junk)");
}

TEST_F(JudgeTest, AFailureKeepsItsReasonAndSecretsStayOut) {
  trip.arrival.reset();
  trip.failure = net::Failure{Reason::auth_failed, "submission: no, hunter22 is wrong"};
  trip.submission_dialogue.add("> EHLO me");
  trip.submission_dialogue.add("< 535 no");
  trip.mailbox_dialogue.add("< * OK");
  mask.add("hunter22");
  const Result result = judged();
  EXPECT_EQ(result.reason, Reason::auth_failed);
  EXPECT_EQ(result.message, "submission: no, *** is wrong");
  EXPECT_EQ(result.transcript.text(), "* submission\n> EHLO me\n< 535 no\n* mailbox\n< * OK\n");
  EXPECT_THAT(result.evidence, Contains(Field(&Observation::ok, false)));
}

}  // namespace
}  // namespace vedette::round_trip
