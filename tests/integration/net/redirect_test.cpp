// SPDX-License-Identifier: Apache-2.0
// Redirects, followed by ourselves: where they lead, what goes along, where they end.
#include <fmt/format.h>

#include "tests/integration/net/net_fixture.h"
#include "tests/support/nginx.h"
#include "tests/support/scripted_server.h"
#include "tests/support/test_site.h"

namespace vedette::net {
namespace {

using test::Script;
using test::ScriptedServer;

HttpOptions following(int limit = 10) {
  HttpOptions options;
  options.max_redirects = limit;
  return options;
}

std::string moved(int status, const std::string& location, const std::string& more = {}) {
  return fmt::format("HTTP/1.1 {} Moved\r\nLocation: {}\r\nContent-Length: 0\r\n{}\r\n", status,
                     location, more);
}

class FollowedRedirectTest : public NetTest {};

// A server that sends the first request away and answers the second.
ScriptedServer twice(int status, const std::string& location, const std::string& more = {}) {
  return ScriptedServer({Script().read_request().send(moved(status, location, more)),
                         Script().read_request().send(test::http_answer("200 OK", "landed"))});
}

TEST_F(FollowedRedirectTest, IsAnAnswerWhenNoneAreAllowed) {
  auto server = twice(302, "/landed");
  const auto answer = get(server.url());
  EXPECT_PASSED(answer);
  EXPECT_EQ(answer.status, 302);
  EXPECT_EQ(answer.redirects, 0);
  EXPECT_EQ(server.connections(), 1);
}

TEST_F(FollowedRedirectTest, LeadsToTheFinalUrlAndCountsHops) {
  auto server = twice(301, "/landed?a=1");
  const auto answer = get(server.url("/start"), following());
  EXPECT_PASSED(answer);
  EXPECT_EQ(answer.status, 200);
  EXPECT_EQ(answer.body, "landed");
  EXPECT_EQ(answer.redirects, 1);
  EXPECT_EQ(answer.final_url, server.url("/landed?a=1"));
}

TEST_F(FollowedRedirectTest, PhasesOfAllHopsAreSummed) {
  ScriptedServer server({Script().read_request().wait(50ms).send(moved(302, "/b")),
                         Script().read_request().wait(50ms).send(test::http_answer("200 OK", ""))});
  const auto answer = get(server.url(), following());
  EXPECT_PASSED(answer);
  EXPECT_GE(answer.timings.processing, 100ms);
  EXPECT_GE(answer.timings.total, answer.timings.processing);
}

TEST_F(FollowedRedirectTest, MethodAndBodyFollowTheRfc) {
  struct Case {
    std::string method;
    int status;
    std::string then;
    std::string body;
  };
  for (const auto& [method, status, then, body] : std::vector<Case>{{"POST", 301, "GET", ""},
                                                                    {"POST", 302, "GET", ""},
                                                                    {"POST", 303, "GET", ""},
                                                                    {"POST", 307, "POST", "a=1"},
                                                                    {"POST", 308, "POST", "a=1"},
                                                                    {"PUT", 302, "PUT", "a=1"},
                                                                    {"PUT", 303, "GET", ""}}) {
    auto server = twice(status, "/landed");
    const auto answer = exchange({.method = method,
                                  .url = server.url(),
                                  .headers = {{"Content-Type", "text/plain"}},
                                  .body = "a=1",
                                  .has_body = true},
                                 following());
    EXPECT_PASSED(answer);
    const auto requests = server.requests();
    ASSERT_EQ(requests.size(), 2U);
    EXPECT_EQ(test::request_line(requests[1]), then + " /landed HTTP/1.1") << status;
    EXPECT_EQ(test::message_body(requests[1]), body);
    EXPECT_EQ(test::header_value(requests[1], "Content-Type"), body.empty() ? "" : "text/plain");
  }
}

TEST_F(FollowedRedirectTest, LoopEndsAtTheLimit) {
  ScriptedServer server(Script().read_request().send(moved(302, "/loop")));
  const auto answer = get(server.url("/loop"), following(5));
  EXPECT_REASON(answer, too_many_redirects);
  EXPECT_EQ(answer.redirects, 5);
  EXPECT_EQ(server.connections(), 6);
  auto tolerant = following(5);
  tolerant.fail_on_too_many_redirects = false;
  const auto last = get(server.url("/loop"), tolerant);
  EXPECT_PASSED(last);
  EXPECT_EQ(last.status, 302);
}

TEST_F(FollowedRedirectTest, CredentialsAndCookiesDoNotFollowToAnotherHost) {
  ScriptedServer other(Script().read_request().send(test::http_answer("200 OK", "other")));
  ScriptedServer server(Script().read_request().send(
      moved(302, other.url("/landed"), "Set-Cookie: session=mine\r\n")));
  const auto answer = exchange(
      {.url = server.url(),
       .headers = {{"Authorization", "Bearer token"}, {"cookie", "a=1"}, {"X-Other", "kept"}}},
      following());
  EXPECT_PASSED(answer);
  const auto first = server.requests();
  const auto second = other.requests();
  ASSERT_EQ(first.size(), 1U);
  ASSERT_EQ(second.size(), 1U);
  EXPECT_EQ(test::header_value(first[0], "Authorization"), "Bearer token");
  EXPECT_EQ(test::header_value(second[0], "Authorization"), "");
  EXPECT_EQ(test::header_value(second[0], "X-Other"), "kept");
}

TEST_F(FollowedRedirectTest, CredentialsFollowWithinTheOrigin) {
  auto server = twice(302, "/landed");
  const auto answer =
      exchange({.url = server.url(), .headers = {{"Authorization", "Bearer token"}}}, following());
  EXPECT_PASSED(answer);
  EXPECT_EQ(test::header_value(server.requests().at(1), "Authorization"), "Bearer token");
}

TEST_F(FollowedRedirectTest, CookiesLastForTheRunAndNoLonger) {
  auto server = twice(302, "/landed", "Set-Cookie: session=mine\r\n");
  EXPECT_PASSED(get(server.url(), following()));
  EXPECT_EQ(test::header_value(server.requests().at(0), "Cookie"), "");
  EXPECT_EQ(test::header_value(server.requests().at(1), "Cookie"), "session=mine");
  EXPECT_PASSED(get(server.url(), following()));
  EXPECT_EQ(test::header_value(server.requests().at(2), "Cookie"), "");
}

TEST_F(FollowedRedirectTest, CookiesAreNotKeptWhenSwitchedOff) {
  auto warm = twice(302, "/landed", "Set-Cookie: session=mine\r\n");
  EXPECT_PASSED(get(warm.url(), following()));
  auto server = twice(302, "/landed", "Set-Cookie: session=mine\r\n");
  auto options = following();
  options.cookies = false;
  EXPECT_PASSED(get(server.url(), options));
  EXPECT_EQ(test::header_value(server.requests().at(1), "Cookie"), "");
}

TEST_F(FollowedRedirectTest, LocationsThatLeadNowhereWeGo) {
  for (const char* bad :
       {"ftp://127.0.0.1/", "file:///etc/passwd", "http://[::1", "javascript:alert(1)",
        "gopher://127.0.0.1/", "http://127.0.0.1:99999/"}) {
    auto server = twice(302, bad);
    EXPECT_REASON(get(server.url(), following()), protocol_error);
    EXPECT_EQ(server.connections(), 1) << bad;
  }
}

TEST_F(FollowedRedirectTest, RelativeLocationsAndBlanks) {
  for (const auto& [location, line] : std::vector<std::pair<std::string, std::string>>{
           {"b", "GET /a/b HTTP/1.1"},
           {"../c", "GET /c HTTP/1.1"},
           {"?q=1", "GET /a/start?q=1 HTTP/1.1"},
           {"with blank", "GET /a/with%20blank HTTP/1.1"}}) {
    auto server = twice(302, location);
    EXPECT_PASSED(get(server.url("/a/start"), following()));
    EXPECT_EQ(test::request_line(server.requests().at(1)), line);
  }
}

TEST_F(FollowedRedirectTest, FailureAtTheSecondHopIsToldWithoutTheFirstAnswer) {
  ScriptedServer server(
      {Script().read_request().send(moved(302, "/b")), Script().read_request().reset()});
  const auto answer = get(server.url(), following());
  EXPECT_REASON(answer, connect_reset);
  EXPECT_EQ(answer.status, 0);
  EXPECT_TRUE(answer.headers.empty());
  EXPECT_EQ(answer.redirects, 1);
  EXPECT_EQ(answer.final_url, server.url("/b"));
}

TEST_F(FollowedRedirectTest, NginxChainAndLoop) {
  if (!test::Nginx::installed()) {
    GTEST_SKIP() << "nginx is not installed";
  }
  const auto& site = test::test_site();
  const auto chain = get(site.url("plain", "/chain/3"), following());
  EXPECT_PASSED(chain);
  EXPECT_EQ(chain.status, 200);
  EXPECT_EQ(chain.redirects, 3);
  EXPECT_REASON(get(site.url("plain", "/loop"), following()), too_many_redirects);
}

}  // namespace
}  // namespace vedette::net
