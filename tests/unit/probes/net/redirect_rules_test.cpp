// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes/net/redirect.h"

namespace vedette::net {
namespace {

HttpRequest after(std::string method, int status, bool same_origin = true) {
  HttpRequest request{.method = std::move(method),
                      .headers = {{"Content-Type", "a/b"},
                                  {"authorization", "Bearer x"},
                                  {"COOKIE", "a=1"},
                                  {"Host", "shop.test"},
                                  {"X-Other", "1"}},
                      .body = "body",
                      .has_body = true};
  apply_redirect(request, status, same_origin);
  return request;
}

TEST(RedirectRules, OnlyTheFiveStatusesAreRedirects) {
  for (int status = 100; status < 600; ++status) {
    const bool expected =
        status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    EXPECT_EQ(is_redirect(status), expected) << status;
  }
}

TEST(RedirectRules, MethodsChangeAsTheRfcSays) {
  EXPECT_EQ(after("POST", 301).method, "GET");
  EXPECT_EQ(after("POST", 302).method, "GET");
  EXPECT_EQ(after("POST", 303).method, "GET");
  EXPECT_EQ(after("PUT", 301).method, "PUT");
  EXPECT_EQ(after("PUT", 303).method, "GET");
  EXPECT_EQ(after("HEAD", 303).method, "HEAD");
  EXPECT_EQ(after("POST", 307).method, "POST");
  EXPECT_EQ(after("DELETE", 308).method, "DELETE");
}

TEST(RedirectRules, BodyAndItsHeadersGoWithTheMethod) {
  const auto gone = after("POST", 302);
  EXPECT_FALSE(gone.has_body);
  EXPECT_TRUE(gone.body.empty());
  EXPECT_EQ(find_header(gone.headers, "content-type"), nullptr);
  const auto kept = after("POST", 307);
  EXPECT_TRUE(kept.has_body);
  EXPECT_EQ(kept.body, "body");
  EXPECT_NE(find_header(kept.headers, "content-type"), nullptr);
}

TEST(RedirectRules, CredentialsStayWithTheirOriginInAnyCase) {
  const auto same = after("GET", 302, true);
  EXPECT_EQ(same.headers.size(), 5U);
  const auto other = after("GET", 302, false);
  EXPECT_EQ(find_header(other.headers, "Authorization"), nullptr);
  EXPECT_EQ(find_header(other.headers, "Cookie"), nullptr);
  EXPECT_EQ(find_header(other.headers, "Host"), nullptr);
  EXPECT_NE(find_header(other.headers, "X-Other"), nullptr);
}

TEST(RedirectRules, LastHeaderOfANameCounts) {
  const Headers headers{{"Location", "/a"}, {"location", "/b"}};
  ASSERT_NE(find_header(headers, "LOCATION"), nullptr);
  EXPECT_EQ(*find_header(headers, "LOCATION"), "/b");
  EXPECT_EQ(find_header(headers, "Locatio"), nullptr);
}

TEST(RedirectRules, PrivateHeadersAreDroppedByNameWithoutCase) {
  Headers headers{{"x-api-key", "1"}, {"X-Other", "2"}, {"X-Api-Key", "3"}};
  const std::vector<std::string> names{"X-Api-Key"};
  drop_headers(headers, names);
  EXPECT_EQ(headers, (Headers{{"X-Other", "2"}}));
}

}  // namespace
}  // namespace vedette::net
