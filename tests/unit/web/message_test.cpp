// SPDX-License-Identifier: Apache-2.0
#include "agent/web/message.h"

#include <gtest/gtest.h>

#include "agent/web/listen_address.h"

namespace vedette::web {
namespace {

TEST(DecodePath, TakesPercentSignsApart) {
  EXPECT_EQ(decode_path("/a%20b/%C3%A9"), "/a b/\xC3\xA9");
}

TEST(DecodePath, LeavesPlusAlone) {
  EXPECT_EQ(decode_path("/a+b"), "/a+b");
}

TEST(DecodePath, RefusesWhatIsMalformed) {
  for (const auto* bad : {"", "*", "a", "/%", "/%4", "/%zz", "/%00"})
    EXPECT_EQ(decode_path(bad), "") << bad;
}

TEST(ParseForm, ReadsFieldsAndTheirEncoding) {
  const auto form = parse_form("amount=100&note=a+b%26c&empty=&amount=200");
  EXPECT_EQ(form.at("amount"), "200");
  EXPECT_EQ(form.at("note"), "a b&c");
  EXPECT_EQ(form.at("empty"), "");
}

TEST(ParseForm, LeavesOutMalformedFields) {
  const auto form = parse_form("&&=x&a=%g0&b=1");
  EXPECT_EQ(form, (std::map<std::string, std::string>{{"b", "1"}}));
}

TEST(Request, HeaderNamesAreCaseInsensitive) {
  Request request;
  request.headers = {{"if-NONE-match", "\"1\""}};
  EXPECT_EQ(request.header("If-None-Match"), "\"1\"");
  EXPECT_EQ(request.header("Accept"), "");
}

Response tagged() {
  auto response = text_response(200, "hello");
  response.etag = "\"abc\"";
  return response;
}

int status_for(const std::string& if_none_match) {
  Request request;
  request.headers = {{"If-None-Match", if_none_match}};
  return fitted(request, tagged()).status;
}

TEST(Conditional, AKnownTagIsNotSentAgain) {
  EXPECT_EQ(status_for("\"abc\""), 304);
  EXPECT_EQ(status_for("\"x\", W/\"abc\""), 304);
  EXPECT_EQ(status_for("*"), 304);
}

TEST(Conditional, AnotherTagIs) {
  EXPECT_EQ(status_for("\"abd\""), 200);
  EXPECT_EQ(status_for(""), 200);
}

TEST(Conditional, OnlySuccessIsConditional) {
  Request request;
  request.headers = {{"If-None-Match", "*"}};
  auto response = tagged();
  response.status = 404;
  EXPECT_EQ(fitted(request, response).status, 404);
}

TEST(ListenAddress, TakesThreeShapes) {
  EXPECT_EQ(parse_listen_address("127.0.0.1:80")->host, "127.0.0.1");
  EXPECT_EQ(parse_listen_address("[::1]:80")->host, "::1");
  EXPECT_EQ(parse_listen_address(":65535")->host, "");
  EXPECT_EQ(parse_listen_address(":65535")->port, 65535);
}

TEST(ListenAddress, RefusesOthers) {
  for (const auto* bad :
       {"", "80", "host", "::1:80", "[]:80", "a:", "a:b", "a:65536", "a:-1", "a:8 "}) {
    EXPECT_FALSE(parse_listen_address(bad)) << bad;
  }
}

}  // namespace
}  // namespace vedette::web
