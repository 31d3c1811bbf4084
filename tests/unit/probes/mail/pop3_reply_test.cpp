// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/pop3_reply.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vedette::mail {
namespace {

TEST(Pop3Reply, IsOneOfThreeKinds) {
  EXPECT_EQ(parse_pop3_reply("+OK hello")->text, "hello");
  EXPECT_EQ(parse_pop3_reply("-ERR")->kind, Pop3Reply::Kind::error);
  EXPECT_EQ(parse_pop3_reply("+ YWJj")->kind, Pop3Reply::Kind::go_on);
  for (const char* line : {"", "OK", "+OKAY", "220 mail.shop.test", "* OK IMAP"}) {
    EXPECT_FALSE(parse_pop3_reply(line)) << line;
  }
}

TEST(Pop3Reply, HoldsNumbersAndCapabilities) {
  EXPECT_EQ(parse_drop("2 320")->bytes, 320u);
  for (const char* text : {"", "2", "2 x", "-1 5", "2 99999999999999999999999"}) {
    EXPECT_FALSE(parse_drop(text)) << text;
  }
  Capabilities told;
  add_pop3_capability("SASL PLAIN login", told);
  add_pop3_capability("UIDL", told);
  EXPECT_THAT(told.names(), testing::ElementsAre("SASL", "AUTH=PLAIN", "AUTH=LOGIN", "UIDL"));
}

}  // namespace
}  // namespace vedette::mail
