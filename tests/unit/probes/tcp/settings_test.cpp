// SPDX-License-Identifier: Apache-2.0
// The tcp and tls sections: what is understood, and what is complained about.
#include "probes/tcp/settings.h"

#include <gtest/gtest.h>

#include "config/document.h"

namespace vedette::tcp {
namespace {

class TcpSettingsTest : public testing::Test {
 protected:
  std::optional<Settings> tcp(const std::string& yaml) {
    const auto node = config::parse(yaml, "test.yaml", problems_);
    return node ? parse_tcp(*node, problems_) : std::nullopt;
  }
  std::optional<Settings> tls(const std::string& yaml) {
    const auto node = config::parse(yaml, "test.yaml", problems_);
    return node ? parse_tls(*node, problems_) : std::nullopt;
  }
  // What is complained about a dialogue.
  std::string trouble(const std::string& dialogue) {
    problems_ = {};
    tcp("server: a:1\ndialogue: " + dialogue);
    return problems_.text();
  }

  config::Problems problems_;
};

TEST_F(TcpSettingsTest, TcpNeedsAPortAndIsPlainUnlessTlsIsThere) {
  const auto plain = tcp("server: db.example.com:6379");
  ASSERT_TRUE(plain) << problems_.text();
  EXPECT_FALSE(plain->secure);
  EXPECT_TRUE(tcp("{server: 'a:1', tls: {verify: false}}")->secure);
  EXPECT_FALSE(tcp("server: db.example.com"));
}

TEST_F(TcpSettingsTest, TlsKnowsTheUsualPorts) {
  EXPECT_EQ(tls("server: a")->server.port, 443);
  EXPECT_EQ(tls("{server: a, starttls: smtp}")->server.port, 25);
  EXPECT_EQ(tls("{server: a, starttls: postgres}")->server.port, 5432);
  EXPECT_EQ(tls("{server: 'a:26', starttls: smtp}")->server.port, 26);
  EXPECT_TRUE(tls("server: a")->secure);
  EXPECT_FALSE(tls("{server: a, starttls: http}"));
  EXPECT_NE(problems_.text().find("\"starttls\" must be one of smtp, imap, pop3, ftp, ldap, "
                                  "postgres, xmpp, found \"http\""),
            std::string::npos)
      << problems_.text();
}

TEST_F(TcpSettingsTest, DialogueSaysAgainWhatItCaptured) {
  const auto settings = tcp(R"y(
server: a:1
dialogue:
  - expect: {matches: "hello (?P<name>\\w+)"}
  - send: "bye ${name}, $${name}\r\n"
)y");
  ASSERT_TRUE(settings) << problems_.text();
  Captures captures;
  const auto& wanted = std::get<Await>(settings->dialogue[0]);
  EXPECT_EQ(wanted.find("hello you, there", captures), 9u);
  EXPECT_EQ(captures["name"], "you");
  EXPECT_EQ(std::get<Send>(settings->dialogue[1]).text(captures), "bye you, ${name}\r\n");
}

TEST_F(TcpSettingsTest, WhatIsCapturedIsNeverReadAsATemplate) {
  const auto settings = tcp(R"y(
server: a:1
dialogue: [{expect: {matches: "(?P<name>.*)"}}, {send: "${name}"}]
)y");
  ASSERT_TRUE(settings) << problems_.text();
  EXPECT_EQ(std::get<Send>(settings->dialogue[1]).text({{"name", "${other}"}}), "${other}");
}

TEST_F(TcpSettingsTest, BytesAreWrittenInHex) {
  EXPECT_EQ(parse_hex("00 ff0A"), std::string("\0\xff\n", 3));
  EXPECT_FALSE(parse_hex("0"));
  EXPECT_FALSE(parse_hex("zz"));
  const auto settings =
      tcp("{server: 'a:1', dialogue: [{send_bytes: '0a'}, {expect_bytes: '0d'}]}");
  ASSERT_TRUE(settings) << problems_.text();
  EXPECT_EQ(std::get<Send>(settings->dialogue[0]).text({}), "\n");
}

TEST_F(TcpSettingsTest, ASecretIsSentAsItIsAndMasked) {
  ::setenv("VEDETTE_TEST_PIN", "hush${x}", 1);
  const auto settings = tcp("{server: 'a:1', dialogue: [{send: {env: VEDETTE_TEST_PIN}}]}");
  ASSERT_TRUE(settings) << problems_.text();
  EXPECT_EQ(std::get<Send>(settings->dialogue[0]).text({}), "hush${x}");
  EXPECT_EQ(settings->mask.apply("said hush${x}"), "said ***");
}

TEST_F(TcpSettingsTest, MistakesInADialogueAreTold) {
  EXPECT_NE(trouble("[]").find("must be a list of 1 to 100 steps"), std::string::npos);
  EXPECT_NE(trouble("[{send: a, expect: b}]").find("has one key"), std::string::npos);
  EXPECT_NE(trouble("[{sent: a}]").find("did you mean"), std::string::npos);
  EXPECT_NE(trouble("[{send: '${who}'}]").find("no step before this one captures \"who\""),
            std::string::npos);
  EXPECT_NE(trouble("[{expect: {matches: '('}}]").find("regular expression"), std::string::npos);
  EXPECT_NE(trouble("[{expect: ''}]").find("empty text"), std::string::npos);
  EXPECT_NE(trouble("[{expect: {contains: a, matches: b}}]").find("either"), std::string::npos);
  EXPECT_NE(trouble("[{send_bytes: '0'}]").find("pairs of hex digits"), std::string::npos);
  EXPECT_NE(trouble("[{start_tls: true}, {start_tls: true}]").find("only once"), std::string::npos);
}

}  // namespace
}  // namespace vedette::tcp
