// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/smtp_reply.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vedette::mail {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

SmtpReply parsed(const std::vector<std::string>& lines) {
  SmtpReplyParser parser;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto complete = parser.add(lines[i]);
    EXPECT_TRUE(complete.has_value()) << lines[i] << ": " << complete.error();
    EXPECT_EQ(complete.value_or(false), i + 1 == lines.size()) << lines[i];
  }
  return parser.take();
}

std::string complaint(const std::vector<std::string>& lines) {
  SmtpReplyParser parser;
  std::string error;
  for (const std::string& line : lines) {
    const auto complete = parser.add(line);
    if (!complete) error = complete.error();
  }
  return error;
}

TEST(SmtpReply, IsPutTogetherOutOfItsLines) {
  const SmtpReply reply = parsed({"250-mail.shop.test", "250-", "250 SIZE 10"});
  EXPECT_EQ(reply.code, 250);
  EXPECT_THAT(reply.lines, ElementsAre("mail.shop.test", "", "SIZE 10"));
  EXPECT_EQ(reply.words(), "250 mail.shop.test SIZE 10");
  EXPECT_EQ(parsed({"354"}).code, 354);
}

TEST(SmtpReply, TellsTemporaryFromPermanentRefusals) {
  const SmtpReply greylisted = parsed({"451 4.7.1 Greylisted, try again later"});
  EXPECT_TRUE(greylisted.temporary());
  EXPECT_EQ(greylisted.enhanced, "4.7.1");
  const SmtpReply refused = parsed({"550-5.1.1 No such", "550 5.1.1 mailbox"});
  EXPECT_TRUE(refused.permanent());
  EXPECT_EQ(refused.enhanced, "5.1.1");
  EXPECT_TRUE(parsed({"334 VXNlcm5hbWU6"}).positive());
}

TEST(SmtpReply, KnowsAnEnhancedCodeFromOtherNumbers) {
  for (const char* line : {"250 4.7.1 wrong class", "250 2.0 short", "250 2.0.0x", "250 2..0 Ok",
                           "250 2.1000.0 long", "250 2.1.", "250 2.1"}) {
    EXPECT_EQ(parsed({line}).enhanced, "") << line;
  }
  EXPECT_EQ(parsed({"250 2.123.456"}).enhanced, "2.123.456");
}

TEST(SmtpReply, RefusesWhatIsNone) {
  EXPECT_THAT(complaint({"HTTP/1.1 400 Bad Request"}), HasSubstr("does not begin with a code"));
  EXPECT_THAT(complaint({"199 too low"}), HasSubstr("code"));
  EXPECT_THAT(complaint({"600 too high"}), HasSubstr("code"));
  EXPECT_THAT(complaint({"25\x01 control"}), HasSubstr("25\\x01"));
  EXPECT_THAT(complaint({"250_x"}), HasSubstr("no space"));
  EXPECT_THAT(complaint({"250-one", "251 two"}), HasSubstr("follows a line with 250"));
  EXPECT_THAT(complaint(std::vector<std::string>(101, "250-more")), HasSubstr("too long"));
}

TEST(SmtpExtensions, AreWhatTheReplyToEhloOffers) {
  const auto offered =
      parse_extensions(parsed({"250-STARTTLS", "250-size 10240000", "250-AUTH PLAIN login",
                               "250-AUTH=LOGIN OLD", "250-STARTTLS", "250 8BITMIME"}));
  EXPECT_THAT(offered.capabilities.names(), ElementsAre("SIZE", "AUTH", "AUTH=PLAIN", "AUTH=LOGIN",
                                                        "AUTH=OLD", "STARTTLS", "8BITMIME"));
  EXPECT_THAT(offered.capabilities.mechanisms(), ElementsAre("PLAIN", "LOGIN", "OLD"));
  EXPECT_TRUE(offered.capabilities.has("starttls"));
  EXPECT_EQ(offered.size_limit, 10240000u);
  EXPECT_FALSE(parse_extensions(parsed({"250-x", "250 SIZE 0"})).size_limit.has_value());
}

}  // namespace
}  // namespace vedette::mail
