// SPDX-License-Identifier: Apache-2.0
// Which addresses may stand in an envelope, and that nothing else gets there.
#include "probes/message/address.h"

#include <gtest/gtest.h>

namespace vedette::message {
namespace {

TEST(MailAddress, IsPlainAscii) {
  for (const char* good : {"probe@example.com", "a.b+c@mail.example.com", "x@[192.0.2.1]",
                           "x@[IPv6:2001:db8::1]", "probe@localhost"}) {
    EXPECT_TRUE(is_mail_address(good)) << good;
  }
  for (const char* bad :
       {"", "probe", "@example.com", "probe@", "a b@example.com", "a@b@", "a@example.com\r\nX: 1",
        "a@example.com>", "<a@example.com>", ".a@example.com", "a..b@example.com", "a@example..com",
        "\u00e4@example.com", "a@\u00e4.com", "\"a b\"@example.com"}) {
    EXPECT_FALSE(is_mail_address(bad)) << bad;
  }
  EXPECT_FALSE(is_mail_address(std::string(65, 'a') + "@example.com"));
  EXPECT_FALSE(is_mail_address("a@" + std::string(260, 'a')));
}

TEST(ParseAddress, TakesANameBeforeIt) {
  EXPECT_EQ(parse_address("a@example.com"), (Address{"", "a@example.com"}));
  EXPECT_EQ(parse_address("The  Shop <a@example.com>"), (Address{"The Shop", "a@example.com"}));
  EXPECT_EQ(parse_address("\"Shop, Inc.\" <a@example.com>"),
            (Address{"Shop, Inc.", "a@example.com"}));
  for (const char* bad :
       {"a@example.com, b@example.com", "Shop a@example.com", "<a@example.com> x",
        "Sh\nop <a@example.com>", "a\"b <a@example.com>", "x <y> <a@example.com>"}) {
    EXPECT_FALSE(parse_address(bad)) << bad;
  }
}

TEST(AddressHeader, QuotesOrEncodesTheName) {
  EXPECT_EQ((Address{"", "a@example.com"}).header(), "a@example.com");
  EXPECT_EQ((Address{"Shop, Inc.", "a@example.com"}).header(), "\"Shop, Inc.\" <a@example.com>");
  EXPECT_EQ((Address{"\u00e4", "a@example.com"}).header(), "=?utf-8?B?w6Q=?= <a@example.com>");
  EXPECT_EQ((Address{"", "a@mail.example.com"}).domain(), "mail.example.com");
}

}  // namespace
}  // namespace vedette::message
