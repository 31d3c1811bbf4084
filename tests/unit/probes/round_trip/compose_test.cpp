// SPDX-License-Identifier: Apache-2.0
// The message is well-formed whatever is configured, and reads as it was meant.
#include "probes/round_trip/compose.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes/round_trip/alterations.h"

namespace vedette::round_trip {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr Instant noon{std::chrono::milliseconds(1795608000250)};

Token token() {
  return {owner_of(7), std::chrono::floor<std::chrono::seconds>(noon), {}};
}

Template parts() {
  return {.from = {"Shop \u00e4", "probe@example.com"},
          .to = {"", "canary@example.org"},
          .subject = "Vedette mail check",
          .headers = {{"X-Tag", "a b"}, {"Organization", "Gr\u00fc\u00dfe"}},
          .body = std::string(default_body)};
}

message::Message arrive(const std::string& text) {
  return message::parse(text);
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  const auto at = text.find(what);
  if (at == text.npos) throw std::runtime_error("not in the text: " + std::string(what));
  return text.replace(at, what.size(), by);
}

std::vector<std::string> changes(const std::string& arrived) {
  return alterations(compose(parts(), token(), noon), arrive(arrived), Mask());
}

TEST(Compose, WritesEveryFieldThatAMessageMustHave) {
  const Composed composed = compose(parts(), token(), noon);
  const message::Message read = arrive(composed.text);
  const auto field = [&](std::string_view name) { return *message::find(read.headers, name); };
  EXPECT_EQ(field("Date"), "Wed, 25 Nov 2026 12:00:00 +0000");
  EXPECT_EQ(field("Message-ID"), "<" + token().text() + "@example.com>");
  EXPECT_EQ(field("From"), "=?utf-8?B?U2hvcCDDpA==?= <probe@example.com>");
  EXPECT_EQ(field("To"), "canary@example.org");
  EXPECT_EQ(field("Subject"), "Vedette mail check " + token().text());
  EXPECT_EQ(field("X-Vedette-Token"), token().text());
  EXPECT_EQ(field("X-Vedette-Check"), token().owner);
  EXPECT_EQ(field("Content-Type"), "text/plain; charset=utf-8");
}

TEST(Compose, LinesAreShortAsciiAndEndInCrlf) {
  Template long_parts = parts();
  long_parts.subject = std::string(300, 'x') + " " + std::string(300, 'y');
  long_parts.body = std::string(5000, 'z') + "\n\n\n.\n..\n";
  const std::string text = compose(long_parts, token(), noon).text;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const auto end = text.find("\r\n", begin);
    ASSERT_NE(end, text.npos);
    EXPECT_LE(end - begin, 400u);
    begin = end + 2;
  }
  for (const char c : text) EXPECT_LT(static_cast<unsigned char>(c), 0x80);
  EXPECT_THAT(alterations(compose(long_parts, token(), noon), arrive(text), Mask()), IsEmpty());
}

TEST(Compose, WhatMayBeSetCannotInjectAnything) {
  EXPECT_TRUE(may_set_header("Reply-To"));
  for (const char* name : {"", "From", "subject", "X-Vedette-Token", "Bcc", "A:B", "A B", "A\r\nB",
                           "\u00e4", "Message-Id"}) {
    EXPECT_FALSE(may_set_header(name)) << name;
  }
  EXPECT_TRUE(is_one_line("a b \u00e4"));
  EXPECT_FALSE(is_one_line("a\r\nBcc: b@example.com"));
  EXPECT_FALSE(is_one_line("a\nb"));
  EXPECT_FALSE(is_one_line(std::string_view("a\0b", 3)));
  EXPECT_FALSE(is_one_line(std::string(801, 'x')));
  EXPECT_TRUE(is_body("a\n\tb\n"));
  EXPECT_FALSE(is_body("a\rb"));
}

TEST(Alterations, RelaysMayFoldReencodeAndAddHeaders) {
  const std::string text = compose(parts(), token(), noon).text;
  EXPECT_THAT(changes(text), IsEmpty());
  EXPECT_THAT(changes("Received: by a\r\nReturn-Path: <x@y>\r\n" + text + "\r\n\r\n"), IsEmpty());
  EXPECT_THAT(changes(replaced(text, "Vedette mail check\r\n ", "Vedette\r\n\tmail  check ")),
              IsEmpty());
  // A relay that speaks 8BITMIME may take the quoting off.
  std::string eight_bit = text.substr(0, text.find("\r\n\r\n") + 4);
  eight_bit = replaced(eight_bit, "quoted-printable", "8bit");
  eight_bit += std::string(default_body) + "\n" + token().text() + "\n";
  EXPECT_THAT(changes(eight_bit), IsEmpty());
}

TEST(Alterations, AreNamed) {
  const std::string text = compose(parts(), token(), noon).text;
  EXPECT_THAT(changes(replaced(text, "Subject: ", "Subject: [EXTERNAL] ")),
              ElementsAre(HasSubstr("the header Subject was \"[EXTERNAL] Vedette")));
  EXPECT_THAT(changes(replaced(text, "X-Tag: a b\r\n", "")),
              ElementsAre("the header X-Tag was missing"));
  EXPECT_THAT(changes(text + "--\r\nThis mail was scanned.\r\n"),
              ElementsAre("2 lines stood behind the end of the body, beginning with \"--\""));
  EXPECT_THAT(changes(replaced(text, "nothing to do", "much to do")),
              ElementsAre("line 2 of the body was \"It is deleted by itself; there is much to do."
                          "\", sent as \"It is deleted by itself; there is nothing to do.\""));
  EXPECT_THAT(changes(replaced(text, "\r\n.This", "\r\n..This")),
              ElementsAre(HasSubstr("line 4 of the body was \"..This line begins with a dot")));
  EXPECT_THAT(changes(replaced(text, "=C3=A4", "?")), ElementsAre(HasSubstr("line 4 of the body")));
  EXPECT_THAT(changes(text.substr(0, text.rfind("vedette-"))),
              ElementsAre("the last 2 lines of the body were missing"));
  EXPECT_THAT(changes(replaced(text, "text/plain", "multipart/mixed; boundary=x; y")),
              ElementsAre("the body became \"multipart/mixed\""));
}

TEST(Alterations, OfNothingButNoise) {
  EXPECT_FALSE(changes("").empty());
  EXPECT_FALSE(changes("\r\n\r\n").empty());
}

}  // namespace
}  // namespace vedette::round_trip
