// SPDX-License-Identifier: Apache-2.0
// What may stand in a `mailbox` section, and the canary it may plant.
#include "probes/mailbox/settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/document.h"
#include "probes/mailbox/canary.h"

namespace vedette::mailbox {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

struct Parsed {
  std::optional<Settings> settings;
  std::string problems;
};

Parsed parse(const std::string& more, const std::string& user = "alice") {
  config::Problems problems;
  const auto node = config::parse(
      "server: mail.test\nauth: {username: " + user + ", password: hunter22}\n" + more,
      "check.yaml", problems);
  auto settings = parse_settings(*node, problems);
  return {std::move(settings), problems.text()};
}

TEST(MailboxSettings, WatchForAnyLossWhenNothingElseIsSaid) {
  const auto parsed = parse("");
  ASSERT_TRUE(parsed.settings) << parsed.problems;
  EXPECT_EQ(parsed.settings->mailbox, "INBOX");
  EXPECT_EQ(parsed.settings->limits.lost_at_most, 0U);
  EXPECT_EQ(parsed.settings->limits.alarm_for, 1h);
  EXPECT_FALSE(parsed.settings->limits.canary);
  EXPECT_FALSE(parsed.settings->limits.at_least);
  EXPECT_FALSE(parsed.settings->limits.read_at_most);
}

TEST(MailboxSettings, NeedConsentToPlant) {
  EXPECT_THAT(parse("canary: {}").problems, HasSubstr("plant"));
  EXPECT_TRUE(parse("canary: {plant: true}").settings->limits.plant);
  EXPECT_FALSE(parse("canary: {plant: false}").settings->limits.plant);
  EXPECT_TRUE(parse("canary: {plant: false}").settings->limits.canary);
}

TEST(MailboxSettings, ThatCannotBeKeptAreRefused) {
  EXPECT_THAT(parse("ip: each").problems, HasSubstr("any, 4 or 6"));
  EXPECT_THAT(parse("quota_below: 101").problems, HasSubstr("from 1 to 100"));
  EXPECT_FALSE(parse("alarm_for: 0s").settings);
  EXPECT_THAT(parse("mailbox: \"two\\nlines\"").problems, HasSubstr("mailbox"));
  EXPECT_THAT(parse("lost_at_least: 3").problems, HasSubstr("lost_at_most"));
  config::Problems problems;
  const auto node = config::parse("server: mail.test\n", "check.yaml", problems);
  EXPECT_FALSE(parse_settings(*node, problems));
  EXPECT_THAT(problems.text(), HasSubstr("auth"));
}

TEST(MailboxSettings, AMemoryIsAboutServerUserAndMailboxAlone) {
  const auto about = parse("").settings->about();
  EXPECT_EQ(parse("at_least: 3\ntls: {fast: false}").settings->about(), about);
  EXPECT_NE(parse("mailbox: Archive").settings->about(), about);
  EXPECT_NE(parse("", "bob").settings->about(), about);
}

struct CanaryMessage : testing::Test {
  round_trip::Token token{round_trip::owner_of(7), std::chrono::sys_seconds(1'795'000'000s),
                          round_trip::random_bits()};
  message::Headers headers = message::parse(compose_canary(token)).headers;
};

TEST_F(CanaryMessage, IsKnownByItsTokenAndWhoseItIs) {
  const auto canary = read_canary(headers, token.owner);
  ASSERT_TRUE(canary);
  EXPECT_EQ(canary->token, token.text());
  EXPECT_TRUE(canary->is_ours);
  EXPECT_FALSE(read_canary(headers, round_trip::owner_of(8))->is_ours);
  EXPECT_THAT(compose_canary(token), HasSubstr("Date: Wed, 18 Nov 2026 11:06:40 +0000\r\n"));
}

TEST_F(CanaryMessage, IsNoOtherMessage) {
  const auto owner = token.owner;
  auto twice = headers;
  twice.emplace_back(canary_header, token.text());
  EXPECT_FALSE(read_canary(twice, owner));
  auto forged = headers;
  for (auto& [name, value] : forged) {
    if (name == round_trip::owner_header) value = round_trip::owner_of(8);
  }
  EXPECT_FALSE(read_canary(forged, owner));
  EXPECT_FALSE(read_canary({}, owner));
  EXPECT_FALSE(read_canary({{std::string(round_trip::owner_header), owner},
                            {std::string(canary_header), "vedette-nonsense"}},
                           owner));
}

}  // namespace
}  // namespace vedette::mailbox
