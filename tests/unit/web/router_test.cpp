// SPDX-License-Identifier: Apache-2.0
#include "agent/web/router.h"

#include <gtest/gtest.h>

#include "tests/support/run_coroutine.h"

namespace vedette::web {
namespace {

Handler says(const std::string& text) {
  return direct([text](const Request&) { return text_response(200, text); });
}

class RouterTest : public testing::Test {
 protected:
  Response ask(const std::string& method, const std::string& path) {
    Request request;
    request.method = method;
    request.path = path;
    return test::run_coroutine(loop_, router_.handle(request));
  }
  std::string body(const Response& response) { return *response.body; }
  std::string allow(const Response& response) {
    for (const auto& header : response.headers) {
      if (header.name == "Allow") return header.value;
    }
    return "";
  }

  boost::asio::io_context loop_;
  Router router_{
      {{"GET", "/", says("home")},
       {"GET", "/things", says("things")},
       {"POST", "/things", says("made")},
       {"GET", "/things/{id}",
        direct([](const Request& r) { return text_response(200, r.parameters.at("id")); })},
       {"POST", "/things/{id}/{act}", direct([](const Request& r) {
          return text_response(200, r.parameters.at("id") + " " + r.parameters.at("act"));
        })}},
      [](const Request&) { return text_response(404, "nothing"); }};
};

TEST_F(RouterTest, FindsTheRouteByPathAndMethod) {
  EXPECT_EQ(body(ask("GET", "/")), "home\n");
  EXPECT_EQ(body(ask("GET", "/things")), "things\n");
  EXPECT_EQ(body(ask("POST", "/things")), "made\n");
}

TEST_F(RouterTest, ParametersTakeOneWholePart) {
  EXPECT_EQ(body(ask("GET", "/things/42")), "42\n");
  EXPECT_EQ(body(ask("POST", "/things/42/paint")), "42 paint\n");
  EXPECT_EQ(ask("GET", "/things/").status, 404);
  EXPECT_EQ(ask("POST", "/things//paint").status, 404);
}

TEST_F(RouterTest, OtherPathsAreNotFound) {
  for (const auto* path : {"/thing", "/things/42/paint/more", "//", ""}) {
    EXPECT_EQ(ask("GET", path).status, 404) << path;
  }
}

TEST_F(RouterTest, HeadIsAnsweredAsGet) {
  EXPECT_EQ(ask("HEAD", "/things").status, 200);
}

TEST_F(RouterTest, AnotherMethodIsRefusedWithTheOnesThatWork) {
  const auto response = ask("DELETE", "/things");
  EXPECT_EQ(response.status, 405);
  EXPECT_EQ(allow(response), "GET, HEAD, OPTIONS, POST");
  EXPECT_EQ(allow(ask("GET", "/things/1/x")), "OPTIONS, POST");
}

TEST_F(RouterTest, OptionsTellsTheMethods) {
  const auto response = ask("OPTIONS", "/");
  EXPECT_EQ(response.status, 204);
  EXPECT_EQ(allow(response), "GET, HEAD, OPTIONS");
}

}  // namespace
}  // namespace vedette::web
