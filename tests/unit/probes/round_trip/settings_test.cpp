// SPDX-License-Identifier: Apache-2.0
// Every key of the `mail_round_trip` section, and every complaint about it.
#include "probes/round_trip/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/document.h"
#include "probes/net/http_client.h"
#include "probes/round_trip/round_trip_probe.h"
#include "probes/round_trip/run.h"

namespace vedette::round_trip {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Pair;

constexpr std::string_view servers = R"(
submit: {server: smtp.test}
mailbox: {server: imap.test}
)";
constexpr std::string_view addresses = R"(
from: probe@example.com
to: canary@example.org
)";

std::optional<Settings> read(const std::string& yaml, config::Problems& problems) {
  const auto node = config::parse(yaml, "t.yaml", problems);
  return node ? parse_settings(*node, problems) : std::nullopt;
}

Settings settings_of(const std::string& more) {
  config::Problems problems;
  auto settings = read(std::string(servers) + std::string(addresses) + more, problems);
  if (!settings) throw std::runtime_error(problems.text());
  return *std::move(settings);
}

std::string problems_of(const std::string& yaml) {
  config::Problems problems;
  const bool good = read(yaml, problems).has_value();
  EXPECT_EQ(good, problems.empty());
  return problems.text();
}

std::string complaint_about(const std::string& more) {
  return problems_of(std::string(servers) + std::string(addresses) + more);
}

TEST(RoundTripSettings, DefaultsAreThoseOfTheDocumentation) {
  const Settings settings = settings_of("");
  EXPECT_EQ(settings.envelope_from, "probe@example.com");
  EXPECT_EQ(settings.envelope_to, "canary@example.org");
  EXPECT_EQ(settings.message.subject, "Vedette mail check");
  EXPECT_EQ(settings.message.body, default_body);
  EXPECT_EQ(settings.within, std::nullopt);
  EXPECT_EQ(settings.clear_leftovers, 20u);
  EXPECT_THAT(settings.rules.folders, ElementsAre("INBOX", "Junk"));
  EXPECT_EQ(settings.rules.junk, Outcome::fail);
  EXPECT_EQ(settings.rules.altered, Outcome::fail);
  EXPECT_EQ(settings.rules.duplicated, Outcome::degraded);
  EXPECT_TRUE(settings.mask.empty());
}

TEST(RoundTripSettings, ReadsEveryKey) {
  const Settings settings = settings_of(R"(
envelope: {from: "", to: other@example.org}
subject: Grüße
headers: {Reply-To: a@example.com, X-Tag: "1"}
body: "two\nlines\n"
folders: [INBOX, Spam, Archive/Old]
within: 1m
clear_leftovers: 3
junk: accept
altered: degraded
duplicated: fail
authserv_id: [mx1.example.org, mx2.example.org]
expect: {authentication: {spf: pass}, delivery: {less_than: 10s}}
expect_degraded: {received_tls: true}
)");
  EXPECT_EQ(settings.envelope_from, "");
  EXPECT_EQ(settings.envelope_to, "other@example.org");
  EXPECT_THAT(settings.message.headers,
              ElementsAre(Pair("Reply-To", "a@example.com"), Pair("X-Tag", "1")));
  EXPECT_EQ(settings.message.body, "two\nlines\n");
  EXPECT_THAT(settings.rules.folders, ElementsAre("INBOX", "Spam", "Archive/Old"));
  EXPECT_EQ(settings.within, Duration(1min));
  EXPECT_EQ(settings.clear_leftovers, 3u);
  EXPECT_EQ(settings.rules.junk, Outcome::pass);
  EXPECT_EQ(settings.rules.altered, Outcome::degraded);
  EXPECT_EQ(settings.rules.duplicated, Outcome::fail);
  EXPECT_EQ(settings.rules.trusted.size(), 2u);
  EXPECT_EQ(settings.rules.expectations.expect.size(), 2u);
  EXPECT_EQ(settings.rules.expectations.expect_degraded.size(), 1u);
}

TEST(RoundTripSettings, BothServersAreReadLikeThoseOfOtherProbes) {
  config::Problems problems;
  const auto settings = read(std::string(addresses) + R"(
submit:
  server: smtp.test
  client_name: probe.test
  auth: {username: probe, password: hunter22, mechanism: plain}
mailbox: {server: "imap.test:143", encryption: required, ip: 4}
)",
                             problems);
  ASSERT_TRUE(settings) << problems.text();
  EXPECT_EQ(settings->submission.server.endpoint.port, 587);
  EXPECT_EQ(settings->submission.server.client_name, "probe.test");
  EXPECT_EQ(settings->submission.credentials->username, "probe");
  EXPECT_EQ(settings->mailbox.server.endpoint.host, "imap.test");
  EXPECT_EQ(settings->mailbox.server.endpoint.family, net::IpFamily::v4);
  EXPECT_EQ(settings->mailbox.credentials, std::nullopt);
  EXPECT_EQ(settings->mask.apply("hunter22"), "***");
  EXPECT_THAT(problems_of(std::string(addresses) +
                          "submit: {server: a.test, ip: each}\nmailbox: {server: b.test}"),
              HasSubstr("\"ip: each\" is not for a mail round trip"));
}

TEST(RoundTripSettings, WhatIsMissingIsTold) {
  const std::string problems = problems_of("within: 1s");
  for (const char* key : {"\"submit\"", "\"mailbox\"", "\"from\"", "\"to\""}) {
    EXPECT_THAT(problems, HasSubstr(key));
  }
}

TEST(RoundTripSettings, NothingCanBeInjected) {
  const std::string both(servers);
  EXPECT_THAT(problems_of(both + "from: \"a@example.com\\r\\nBcc: b@example.com\"\nto: a@b.test\n"),
              HasSubstr("must be one address in ASCII"));
  EXPECT_THAT(problems_of(both + "from: a@b.test\nto: a@b.test, c@d.test\n"),
              HasSubstr("must be one address"));
  EXPECT_THAT(complaint_about("subject: \"a\\nBcc: b@example.com\""),
              HasSubstr("the subject holds a control character"));
  EXPECT_THAT(complaint_about("headers: {X-Tag: \"a\\r\\nBcc: b@example.com\"}"),
              HasSubstr("the value of X-Tag holds a control character"));
  EXPECT_THAT(complaint_about("headers: {\"X-Tag: a\\r\\nBcc\": b}"), HasSubstr("is no header"));
  EXPECT_THAT(complaint_about("headers: {Bcc: b@example.com}"), HasSubstr("is no header name"));
  EXPECT_THAT(complaint_about("envelope: {to: \"a@b.test> NOTIFY=NEVER\"}"),
              HasSubstr("is no mail address"));
  EXPECT_THAT(complaint_about("envelope: {to: \"\"}"), HasSubstr("is no mail address"));
  EXPECT_THAT(complaint_about("body: \"a\\rb\""), HasSubstr("the body holds"));
}

TEST(RoundTripSettings, WhatMakesNoSenseIsTold) {
  EXPECT_THAT(complaint_about("folders: []"), HasSubstr("1 to 10 names"));
  EXPECT_THAT(complaint_about("folders: [INBOX, INBOX]"), HasSubstr("each once"));
  EXPECT_THAT(complaint_about("junk: maybe"), HasSubstr("junk"));
  EXPECT_THAT(complaint_about("expect: {authentication: {spf: pass}}"),
              HasSubstr("needs \"authserv_id\""));
  EXPECT_THAT(complaint_about("within: 1ms"), HasSubstr("within"));
  EXPECT_THAT(complaint_about("clear_leftovers: 1001"), HasSubstr("from 0 to 1000"));
  EXPECT_THAT(complaint_about("unknown: 1"), HasSubstr("unknown"));
}

TEST(RoundTripSettings, TheTimeoutMustAllowTheWait) {
  const auto least_timeout = [](const std::string& more) {
    config::Problems problems;
    const auto node =
        config::parse(std::string(servers) + std::string(addresses) + more, "t.yaml", problems);
    return probe_type().parse(*node, problems)->least_timeout();
  };
  EXPECT_EQ(least_timeout(""), Duration::zero());
  EXPECT_EQ(least_timeout("within: 60s"), Duration(61s));
}

TEST(WaitUntil, LeavesTimeForTheClearing) {
  const auto from = Steady::now();
  const auto waits = [&](std::optional<Duration> within, Duration timeout) {
    const Deadline until = wait_until(from, within, {from + timeout}, timeout);
    return std::chrono::round<Duration>(until.at - from);
  };
  EXPECT_EQ(waits(60s, 90s), 60s);
  EXPECT_EQ(waits(60s, 61s), 59s);
  EXPECT_EQ(waits(std::nullopt, 90s), 88s);
  EXPECT_EQ(waits(std::nullopt, 5s), 4500ms);
}

}  // namespace
}  // namespace vedette::round_trip
