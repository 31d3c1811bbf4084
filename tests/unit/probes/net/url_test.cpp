// SPDX-License-Identifier: Apache-2.0
#include "probes/net/url.h"

#include <gtest/gtest.h>

namespace vedette::net {
namespace {

TEST(UrlTest, TakesSchemeHostAndPortApart) {
  const auto url = Url::parse("HTTPS://Shop.Example.COM/a?b#c");
  ASSERT_TRUE(url);
  EXPECT_TRUE(url->secure());
  EXPECT_EQ(url->host(), "shop.example.com");
  EXPECT_EQ(url->port(), "443");
  EXPECT_EQ(url->authority(), "shop.example.com:443");
  EXPECT_EQ(Url::parse("http://[2001:db8::1]:8080/")->host(), "[2001:db8::1]");
  EXPECT_EQ(Url::parse("http://[2001:db8::1]:8080/")->port(), "8080");
}

TEST(UrlTest, InternationalNamesAreTakenInTheirAsciiFormOnly) {
  EXPECT_FALSE(Url::parse("http://bücher.example/"));
  EXPECT_FALSE(Url::parse("http://b%C3%BCcher.example/"));
  ASSERT_TRUE(Url::parse("http://xn--bcher-kva.example/"));
}

TEST(UrlTest, RefusesWhatIsNoHttpUrl) {
  for (const char* bad : {"", "/path", "shop.test", "ftp://shop.test/", "file:///etc/passwd",
                          "http://", "http://[::1", "http://a:b:c/", "http://a:70000/",
                          "http://a\r\nb/", "http://a b/", "javascript:alert(1)"}) {
    EXPECT_FALSE(Url::parse(bad)) << bad;
  }
  EXPECT_FALSE(Url::parse(std::string("http://a/\0b", 11)));
  EXPECT_FALSE(Url::parse("http://a/" + std::string(20'000, 'x')));
}

TEST(UrlTest, FollowsRelativeAndAbsoluteLocations) {
  const auto base = Url::parse("http://user:pw@shop.test/a/b?c");
  EXPECT_EQ(base->follow("d")->shown(), "http://shop.test/a/d");
  EXPECT_EQ(base->follow("/d")->shown(), "http://shop.test/d");
  EXPECT_EQ(base->follow("?e")->shown(), "http://shop.test/a/b?e");
  EXPECT_EQ(base->follow("//other.test/x")->shown(), "http://other.test/x");
  EXPECT_EQ(base->follow("https://other.test/x")->shown(), "https://other.test/x");
  EXPECT_EQ(base->follow("with blank")->shown(), "http://shop.test/a/with%20blank");
}

TEST(UrlTest, CredentialsDoNotFollowToAnotherHost) {
  const auto base = Url::parse("http://user:pw@shop.test/");
  for (const char* location : {"//other.test/x", "http://other.test/x"}) {
    EXPECT_EQ(base->follow(location)->with_host("h").find("pw"), std::string::npos) << location;
  }
}

TEST(UrlTest, RefusesLocationsThatLeadElsewhere) {
  const auto base = Url::parse("http://shop.test/");
  for (const char* bad :
       {"", "ftp://shop.test/", "http://[::1", "gopher://x/", "file:///etc/passwd"}) {
    EXPECT_FALSE(base->follow(bad)) << bad;
  }
  EXPECT_FALSE(base->follow(std::string(20'000, 'x')));
}

TEST(UrlTest, OriginIsSchemeHostAndPort) {
  const auto url = Url::parse("http://shop.test/a");
  EXPECT_TRUE(url->same_origin(*Url::parse("http://SHOP.test:80/b")));
  EXPECT_FALSE(url->same_origin(*Url::parse("https://shop.test/a")));
  EXPECT_FALSE(url->same_origin(*Url::parse("http://shop.test:8080/a")));
  EXPECT_FALSE(url->same_origin(*Url::parse("http://www.shop.test/a")));
}

TEST(UrlTest, ShownUrlHasNoCredentialsAndAnotherHostKeepsThem) {
  const auto url = Url::parse("http://user:pw@proxy.test:3128");
  EXPECT_EQ(url->shown(), "http://proxy.test:3128/");
  EXPECT_EQ(url->with_host("[::1]"), "http://user:pw@[::1]:3128/");
}

}  // namespace
}  // namespace vedette::net
