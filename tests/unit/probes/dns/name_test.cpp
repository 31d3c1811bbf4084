// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/wire/name.h"

#include <gtest/gtest.h>

#include "tests/support/dns_packet.h"

namespace vedette::dns {
namespace {

using test::wire_name;

TEST(DnsName, IsEncodedAsLabels) {
  EXPECT_EQ(encode_name("www.example.com"), wire_name("www.example.com"));
  EXPECT_EQ(encode_name("www.example.com."), wire_name("www.example.com"));
  EXPECT_EQ(encode_name("."), wire_name(""));
  EXPECT_EQ(encode_name(R"(a\.b.c\046d)"), std::string("\3a.b\3c.d\0", 9));
}

TEST(DnsName, ReadsBackAsItIsWritten) {
  std::string text;
  for (const std::string_view label : {"WWW", "_dmarc", "a.b\\", "x y", "\xc3"}) {
    append_label(text, label);
  }
  EXPECT_EQ(text, R"(www._dmarc.a\.b\\.x\032y.\195.)");
  EXPECT_EQ(encode_name("WWW")->substr(1, 3), "WWW");
}

TEST(DnsName, ThatIsNoneIsRefusedWithTheCause) {
  EXPECT_FALSE(encode_name(""));
  EXPECT_FALSE(encode_name("a..b"));
  EXPECT_FALSE(encode_name(".a"));
  EXPECT_FALSE(encode_name("a b"));
  EXPECT_FALSE(encode_name(R"(a\)"));
  EXPECT_FALSE(encode_name(R"(a\2)"));
  EXPECT_FALSE(encode_name(R"(a\256)"));
  EXPECT_NE(encode_name("b\xc3\xbc"
                        "cher.example")
                .error()
                .find("xn--"),
            std::string::npos);
  EXPECT_TRUE(encode_name(std::string(63, 'a')));
  EXPECT_FALSE(encode_name(std::string(64, 'a')));
}

TEST(DnsName, HasAtMost255BytesOnTheWire) {
  const std::string label = std::string(63, 'a') + ".";
  EXPECT_EQ(encode_name(label + label + label + std::string(61, 'b'))->size(), 255u);
  EXPECT_FALSE(encode_name(label + label + label + std::string(62, 'b')));
}

TEST(DnsName, OfAnAddressIsTheReverseOne) {
  EXPECT_EQ(reverse_name("192.0.2.1"), "1.2.0.192.in-addr.arpa.");
  EXPECT_EQ(reverse_name("2001:db8::567:89ab"),
            "b.a.9.8.7.6.5.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.");
  EXPECT_FALSE(reverse_name("example.com"));
}

}  // namespace
}  // namespace vedette::dns
