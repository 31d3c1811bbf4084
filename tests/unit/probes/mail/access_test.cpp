// SPDX-License-Identifier: Apache-2.0
// What may stand in `smtp`, `imap` and `pop3`, and what is taken when nothing does.
#include "probes/mail/access.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/document.h"
#include "probes/encoding.h"
#include "probes/imap/settings.h"
#include "probes/smtp/settings.h"

namespace vedette::mail {
namespace {

using testing::HasSubstr;

constexpr const char* signed_in = "auth: {username: u, password: hunter22}\n";

struct Read {
  Access access;
  Mask mask;
  std::string problems;
};

Read read(Protocol protocol, const std::string& yaml) {
  Read out;
  config::Problems problems;
  const auto node = config::parse(yaml, "check.yaml", problems);
  config::Section section(*node, "mail", problems);
  out.access = read_access(section, protocol, out.mask);
  section.finish();
  out.problems = problems.text();
  return out;
}

std::pair<int, Encryption> defaults(Protocol protocol, const std::string& yaml) {
  const Read got = read(protocol, yaml);
  EXPECT_EQ(got.problems, "");
  const Server& server = got.access.servers.front();
  return {server.endpoint.port, server.encryption};
}

TEST(MailAccess, HasSafeDefaults) {
  using enum Encryption;
  const std::string host = "server: mail.test\n";
  EXPECT_EQ(defaults(Protocol::smtp, host), std::pair(25, opportunistic));
  EXPECT_EQ(defaults(Protocol::smtp, host + signed_in), std::pair(587, required));
  EXPECT_EQ(defaults(Protocol::smtp, "server: mail.test:587"), std::pair(587, required));
  EXPECT_EQ(defaults(Protocol::smtp, "server: mail.test:465"), std::pair(465, implicit));
  EXPECT_EQ(defaults(Protocol::imap, host), std::pair(993, implicit));
  EXPECT_EQ(defaults(Protocol::imap, "server: mail.test:143"), std::pair(143, required));
  EXPECT_EQ(defaults(Protocol::pop3, host), std::pair(995, implicit));
  EXPECT_EQ(defaults(Protocol::pop3, host + "encryption: none"), std::pair(995, none));
  EXPECT_FALSE(read(Protocol::smtp, host).access.servers.front().client_name.empty());
  EXPECT_EQ(read(Protocol::imap, host + "ip: each").access.servers.size(), 2u);
}

TEST(MailAccess, RefusesAPasswordInTheClear) {
  const std::string plain = "server: mail.test\nencryption: none\n";
  EXPECT_THAT(read(Protocol::imap, plain + signed_in).problems, HasSubstr("allow_plaintext: true"));
  const Read allowed = read(
      Protocol::imap, plain + "auth: {username: u, password: hunter22, allow_plaintext: true}");
  EXPECT_EQ(allowed.problems, "");
  EXPECT_TRUE(allowed.access.servers.front().allow_plaintext);
}

TEST(MailAccess, MasksThePasswordInEveryShapeInWhichItIsSent) {
  const Read got = read(Protocol::smtp, std::string("server: mail.test\n") + signed_in);
  for (const auto mechanism : {Mechanism::plain, Mechanism::xoauth2}) {
    const auto sasl = make_sasl(mechanism, *got.access.credentials, "");
    EXPECT_EQ(got.mask.apply(base64(*sasl->initial())), "***");
  }
  EXPECT_EQ(got.mask.apply("hunter22 " + base64("hunter22")), "*** ***");
}

TEST(MailAccess, TellsWhatIsWrong) {
  const std::pair<const char*, const char*> wrong[] = {
      {"encryption: required", "server"},
      {"server: mail.test\nencryption: tls", "encryption"},
      {"server: mail.test\nauth: {username: u}", "password"},
      {"server: mail.test\nauth: {username: \"\", password: hunter22}", "username"},
      {"server: mail.test\nauth: {username: u, password: \"a\\r\\nb\"}", "one line"},
      {"server: mail.test\nauth: {username: u, password: hunter22, mechanism: ntlm}", "mechanism"},
      {"server: mail.test\nclient_name: \"a b\"", "client_name"},
      {"server: mail.test\nstarttls: true", "starttls"},
  };
  for (const auto& [yaml, word] : wrong) {
    EXPECT_THAT(read(Protocol::smtp, yaml).problems, HasSubstr(word)) << yaml;
  }
}

template <class Settings>
std::string problems_of(std::optional<Settings> (*parse)(const config::Node&, config::Problems&),
                        const std::string& yaml) {
  config::Problems problems;
  const auto node = config::parse("server: mail.test\n" + yaml, "check.yaml", problems);
  const bool parsed = parse(*node, problems).has_value();
  EXPECT_EQ(parsed, problems.empty());
  return problems.text();
}

TEST(SmtpSettings, TellWhatIsWrong) {
  const auto problems = [](const std::string& yaml) {
    return problems_of(smtp::parse_settings, yaml);
  };
  EXPECT_EQ(problems("mail_from: \"\"\nrcpt: a@b.test"), "");
  EXPECT_THAT(problems("rcpt: a@b.test"), HasSubstr("mail_from"));
  EXPECT_THAT(problems("mail_from: \"a@b.test>\\r\\nDATA\""), HasSubstr("mail address"));
  EXPECT_THAT(problems("mail_from: a@b.test\nrcpt: [{address: x}]"), HasSubstr("mail address"));
  EXPECT_THAT(problems("open_relay: {from: a@b.test}"), HasSubstr("to"));
  EXPECT_THAT(problems(std::string(signed_in) + "open_relay: {from: a@b.test, to: c@d.test}"),
              HasSubstr("exclude each other"));
  EXPECT_THAT(problems("expect: {messages: 1}"), HasSubstr("messages"));
}

TEST(ImapSettings, TellWhatIsWrong) {
  const auto problems = [](const std::string& yaml) {
    return problems_of(imap::parse_settings, yaml);
  };
  EXPECT_EQ(problems(std::string(signed_in) + "mailbox: Entwürfe"), "");
  EXPECT_THAT(problems("mailbox: INBOX"), HasSubstr("needs \"auth\""));
  EXPECT_THAT(problems(std::string(signed_in) + "mailbox: \"a\\nb\""), HasSubstr("mailbox"));
}

}  // namespace
}  // namespace vedette::mail
