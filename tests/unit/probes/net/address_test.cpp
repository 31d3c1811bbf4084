// SPDX-License-Identifier: Apache-2.0
#include "probes/net/address.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes/net/http_client.h"
#include "probes/net/request_check.h"

namespace vedette::net {
namespace {

TEST(AddressTest, LiteralsAreRecognisedAndLoseTheirBrackets) {
  EXPECT_EQ(address_literal("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(address_literal("2001:db8::1"), "2001:db8::1");
  EXPECT_EQ(address_literal("[2001:db8::1]"), "2001:db8::1");
  for (const char* name : {"", "localhost", "127.1", "192.0.2.256", "[192.0.2.1]", "[]", "[::1",
                           "::1]", "1.2.3.4.5", "0x7f000001", "example.com", ":"}) {
    EXPECT_EQ(address_literal(name), std::nullopt) << name;
  }
  EXPECT_EQ(address_literal(std::string_view("127.0.0.1\0x", 11)), std::nullopt);
}

TEST(AddressTest, IsReadAndWhatIsNoneIsNot) {
  EXPECT_EQ(parse_address("192.0.2.1"), boost::asio::ip::make_address("192.0.2.1"));
  EXPECT_EQ(parse_address("2001:db8::1"), boost::asio::ip::make_address("2001:db8::1"));
  EXPECT_EQ(parse_address("fe80::1%1"), boost::asio::ip::make_address("fe80::1%1"));
  for (const char* other : {"", "192.0.2", "[::1]", "example.com"}) {
    EXPECT_EQ(parse_address(other), std::nullopt) << other;
  }
}

TEST(AddressTest, FamilyOfAnAddress) {
  EXPECT_TRUE(is_family("192.0.2.1", IpFamily::any));
  EXPECT_TRUE(is_family("192.0.2.1", IpFamily::v4));
  EXPECT_FALSE(is_family("192.0.2.1", IpFamily::v6));
  EXPECT_TRUE(is_family("::1", IpFamily::v6));
  EXPECT_FALSE(is_family("::1", IpFamily::v4));
}

TEST(AddressTest, LocalhostAndItsSubdomains) {
  EXPECT_THAT(loopback_of("localhost", IpFamily::any), testing::ElementsAre("127.0.0.1", "::1"));
  EXPECT_THAT(loopback_of("a.LOCALHOST.", IpFamily::v6), testing::ElementsAre("::1"));
  for (const char* other : {"", ".", "localhost.example", "notlocalhost", "local"}) {
    EXPECT_THAT(loopback_of(other, IpFamily::any), testing::IsEmpty()) << other;
  }
}

TEST(AddressTest, BracketsAreForIPv6) {
  EXPECT_EQ(bracketed("192.0.2.1"), "192.0.2.1");
  EXPECT_EQ(bracketed("::1"), "[::1]");
}

TEST(RequestCheck, RefusesWhatWouldMeanSomethingElseOnTheWire) {
  EXPECT_FALSE(request_trouble({.method = "PURGE", .headers = {{"X-A", "any value\t: é"}}}));
  for (const char* method : {"", "GET /", "GE\r\nT", "GÉT"}) {
    EXPECT_TRUE(request_trouble({.method = method})) << method;
  }
  for (const char* name : {"", "X A", "X:", "X\r\nY"}) {
    EXPECT_TRUE(request_trouble({.headers = {{name, "v"}}})) << name;
  }
  for (const auto& value : {std::string("a\nb"), std::string("a\rb"), std::string("a\0b", 3)}) {
    const auto trouble = request_trouble({.headers = {{"X-A", "secret" + value}}});
    ASSERT_TRUE(trouble);
    EXPECT_EQ(trouble->message.find("secret"), std::string::npos);
  }
}

}  // namespace
}  // namespace vedette::net
