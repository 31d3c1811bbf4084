// SPDX-License-Identifier: Apache-2.0
#include "probes/tcp/starttls.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace vedette::tcp {
namespace {

using namespace std::string_literals;
using Protocol = StartTlsProtocol;
using State = StartTls::State;

struct Heard {
  State state;
  std::string said;
  std::string trouble;
};

// Feeds one piece after the other, as long as the talk goes on.
Heard hear(StartTls talk, const std::vector<std::string_view>& pieces) {
  Heard heard{State::talking, talk.opening(), ""};
  for (const auto piece : pieces) {
    if (heard.state != State::talking) break;
    const auto turn = talk.feed(piece);
    heard.state = turn.state;
    heard.said += turn.send;
    heard.trouble = turn.trouble;
  }
  return heard;
}

std::vector<std::string_view> lines(std::string_view bytes) {
  std::vector<std::string_view> out;
  while (!bytes.empty()) {
    const std::size_t end = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
    out.push_back(bytes.substr(0, end));
    bytes.remove_prefix(end);
  }
  return out;
}

std::vector<std::string_view> single_bytes(std::string_view bytes) {
  std::vector<std::string_view> out;
  for (std::size_t i = 0; i < bytes.size(); ++i) out.push_back(bytes.substr(i, 1));
  return out;
}

// However the server's words are cut, it comes to the same end.
Heard hear(Protocol protocol, std::string_view bytes) {
  const StartTls talk(protocol, "shop.test");
  const Heard by_line = hear(talk, lines(bytes));
  const Heard by_byte = hear(talk, single_bytes(bytes));
  EXPECT_EQ(by_byte.state, by_line.state);
  EXPECT_EQ(by_byte.said, by_line.said);
  return by_line;
}

TEST(StartTls, SmtpGreetsAndAsks) {
  const auto heard = hear(Protocol::smtp,
                          "220-mail\r\n220 ready\r\n250-mail\r\n250-SIZE\r\n250 STARTTLS\r\n"
                          "220 go ahead\r\n");
  EXPECT_EQ(heard.state, State::ready);
  EXPECT_EQ(heard.said, "EHLO vedette.invalid\r\nSTARTTLS\r\n");
}

TEST(StartTls, SmtpRefusalIsQuoted) {
  const auto heard = hear(Protocol::smtp, "220 ready\r\n250 mail\r\n454 no TLS today\r\n");
  EXPECT_EQ(heard.state, State::refused);
  EXPECT_EQ(heard.trouble, "starttls: the server did not agree to TLS: \"454 no TLS today\\r\"");
}

TEST(StartTls, ImapIgnoresWhatIsToldWithoutBeingAsked) {
  const auto heard = hear(Protocol::imap, "* OK ready\r\n* BYE\r\n* CAPABILITY X\r\nv1 OK go\r\n");
  EXPECT_EQ(heard.state, State::ready);
  EXPECT_EQ(heard.said, "v1 STARTTLS\r\n");
  EXPECT_EQ(hear(Protocol::imap, "* OK ready\r\nv1 BAD no\r\n").state, State::refused);
}

TEST(StartTls, Pop3AndFtp) {
  EXPECT_EQ(hear(Protocol::pop3, "+OK ready\r\n+OK begin\r\n").state, State::ready);
  EXPECT_EQ(hear(Protocol::pop3, "+OK ready\r\n-ERR no\r\n").state, State::refused);
  EXPECT_EQ(hear(Protocol::ftp, "220-hello\r\n free text\r\n220 ready\r\n234 go\r\n").state,
            State::ready);
  EXPECT_EQ(hear(Protocol::ftp, "220 ready\r\n500 what\r\n").state, State::refused);
}

TEST(StartTls, PostgresAnswersWithOneByte) {
  EXPECT_EQ(StartTls(Protocol::postgres, "").opening(), "\0\0\0\x08\x04\xd2\x16\x2f"s);
  EXPECT_EQ(hear(Protocol::postgres, "S").state, State::ready);
  EXPECT_EQ(hear(Protocol::postgres, "N").state, State::refused);
  EXPECT_EQ(hear(Protocol::postgres, "E").state, State::refused);
}

TEST(StartTls, LdapReadsTheResultCode) {
  const std::string success = "\x30\x0c\x02\x01\x01\x78\x07\x0a\x01\x00\x04\x00\x04\x00"s;
  EXPECT_EQ(hear(Protocol::ldap, success).state, State::ready);
  std::string refusal = success;
  refusal[9] = '\x34';
  EXPECT_EQ(hear(Protocol::ldap, refusal).trouble,
            "starttls: the server did not agree to TLS: \"result code 52\"");
  EXPECT_EQ(hear(Protocol::ldap, "\x30\x84\xff\xff\xff\xff"s).state, State::refused);
  EXPECT_EQ(hear(Protocol::ldap, "HTTP/1.1 400 Bad Request\r\n\r\n"s + std::string(100, ' ')).state,
            State::refused);
}

TEST(StartTls, XmppWaitsForTheFeaturesAndAsks) {
  const auto heard = hear(Protocol::xmpp,
                          "<?xml version='1.0'?><stream:stream><stream:features><starttls "
                          "xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:features>");
  EXPECT_EQ(heard.state, State::talking);
  EXPECT_NE(heard.said.find("to='shop.test'"), std::string::npos);
  EXPECT_NE(heard.said.find("<starttls"), std::string::npos);
  EXPECT_EQ(hear(Protocol::xmpp, "<stream:features></stream:features>").state, State::refused);
  EXPECT_EQ(hear(Protocol::xmpp, "<stream:error><host-unknown/></stream:error>").state,
            State::refused);
}

TEST(StartTls, BytesBehindTheGoAheadAreRefused) {
  StartTls talk(Protocol::smtp, "shop.test");
  talk.feed("220 ready\r\n");
  talk.feed("250 mail\r\n");
  const auto turn = talk.feed("220 go\r\n250 injected\r\n");
  EXPECT_EQ(turn.state, State::refused);
  EXPECT_EQ(turn.trouble, "starttls: the server sent more behind its go-ahead for TLS");
  EXPECT_EQ(StartTls(Protocol::postgres, "").feed("SE").state, State::refused);
}

TEST(StartTls, AnAnswerToWhatWasNotAskedYetIsRefused) {
  EXPECT_EQ(StartTls(Protocol::smtp, "").feed("220 ready\r\n250 mail\r\n220 go\r\n").state,
            State::refused);
  EXPECT_EQ(StartTls(Protocol::imap, "").feed("* OK ready\r\n* CAPABILITY X\r\n").state,
            State::talking);
}

TEST(StartTls, AServerThatTalksWithoutEndIsRefused) {
  StartTls talk(Protocol::imap, "shop.test");
  talk.feed("* OK\r\n");
  const std::string chatter(StartTls::max_bytes, '*');
  EXPECT_EQ(talk.feed(chatter).state, State::refused);
}

TEST(StartTls, NamesAreThoseOfTheConfiguration) {
  for (const auto name : starttls_names()) EXPECT_TRUE(parse_starttls(name)) << name;
  EXPECT_FALSE(parse_starttls("SMTP"));
}

}  // namespace
}  // namespace vedette::tcp
