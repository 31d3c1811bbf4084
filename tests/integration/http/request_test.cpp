// SPDX-License-Identifier: Apache-2.0
// Methods, headers and bodies arrive as they were written.
#include <fmt/format.h>

#include "tests/integration/http/http_fixture.h"

namespace vedette::test {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;

class HttpRequestTest : public HttpProbeTest {
 protected:
  // The request as the server got it.
  std::string sent(const std::string& more, const std::string& path = "/") {
    const ScriptedServer server(
        http_script([](const std::string&) { return http_answer("200 OK", "fine"); }));
    EXPECT_THAT(run(server.url(path), more), Passes());
    const std::vector<std::string> requests = server.requests();
    EXPECT_THAT(requests, SizeIs(1));
    return requests.empty() ? std::string() : requests.front();
  }
};

TEST_F(HttpRequestTest, AsksWithGetAndNamesTheHost) {
  const ScriptedServer server(
      http_script([](const std::string&) { return http_answer("200 OK", "fine"); }));
  EXPECT_THAT(run(server.url("/a/b?c=d&e=%20f")), Passes());
  ASSERT_THAT(server.requests(), SizeIs(1));
  const std::string request = server.requests().front();
  EXPECT_EQ(request_line(request), "GET /a/b?c=d&e=%20f HTTP/1.1");
  EXPECT_EQ(header_value(request, "Host"), server.authority());
  EXPECT_THAT(header_value(request, "User-Agent"), HasSubstr("edette"));
  EXPECT_THAT(message_body(request), IsEmpty());
}

TEST_F(HttpRequestTest, UsesAnyMethod) {
  for (const std::string method :
       {"GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND"}) {
    EXPECT_EQ(request_line(sent("method: " + method)), method + " / HTTP/1.1");
  }
}

TEST_F(HttpRequestTest, PutsUpWithAHeadAnswerThatHasALengthAndNoBody) {
  const ScriptedServer server(http_script(
      [](const std::string&) { return "HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n"; }));
  EXPECT_THAT(run(server.url(), "method: HEAD\nexpect: {status: 200}"), Passes());
  ASSERT_THAT(server.requests(), SizeIs(1));
  EXPECT_EQ(request_line(server.requests().front()), "HEAD / HTTP/1.1");
}

TEST_F(HttpRequestTest, SendsHeaders) {
  const std::string request = sent(
      "headers: {X-Probe: seven words in a row, Accept: text/plain, Host: www.shop.test, "
      "User-Agent: mine/1}");
  EXPECT_EQ(header_value(request, "X-Probe"), "seven words in a row");
  EXPECT_EQ(header_value(request, "Accept"), "text/plain");
  EXPECT_EQ(header_value(request, "Host"), "www.shop.test");
  EXPECT_EQ(header_value(request, "User-Agent"), "mine/1");
}

TEST_F(HttpRequestTest, SendsARawBody) {
  const std::string request =
      sent("method: POST\nbody: \"one\\ntwo\\u00e9\"\nheaders: {Content-Type: text/weird}");
  EXPECT_EQ(message_body(request), "one\ntwo\xC3\xA9");
  EXPECT_EQ(header_value(request, "Content-Type"), "text/weird");
  EXPECT_EQ(header_value(request, "Content-Length"), "9");
}

TEST_F(HttpRequestTest, SendsAnEmptyBodyAsOne) {
  EXPECT_EQ(header_value(sent("method: POST\nbody: \"\""), "Content-Length"), "0");
}

TEST_F(HttpRequestTest, SendsALargeBodyWithoutWaitingForPermission) {
  const std::string request = sent(fmt::format("method: PUT\nbody: {}", std::string(200'000, 'x')));
  EXPECT_EQ(message_body(request).size(), 200'000U);
  EXPECT_EQ(header_value(request, "Expect"), "");
}

TEST_F(HttpRequestTest, SendsAForm) {
  const std::string request = sent("form: {amount: \"100\", note: \"a b&c=d/é\"}");
  EXPECT_EQ(request_line(request), "POST / HTTP/1.1");
  EXPECT_EQ(header_value(request, "Content-Type"), "application/x-www-form-urlencoded");
  EXPECT_THAT(message_body(request), testing::AnyOf("amount=100&note=a+b%26c%3Dd%2F%C3%A9",
                                                    "amount=100&note=a%20b%26c%3Dd%2F%C3%A9"));
}

TEST_F(HttpRequestTest, SendsJson) {
  const std::string request = sent(
      "json: {amount: 100, paid: false, note: null, tags: [a, \"1\"], to: {name: \"A "
      "\\\"B\\\"\"}}");
  EXPECT_EQ(request_line(request), "POST / HTTP/1.1");
  EXPECT_THAT(header_value(request, "Content-Type"), HasSubstr("application/json"));
  EXPECT_EQ(message_body(request),
            R"({"amount":100,"paid":false,"note":null,"tags":["a","1"],"to":{"name":"A \"B\""}})");
}

class HttpConnectionTest : public HttpProbeTest {
 protected:
  ScriptedServer server{
      http_script([](const std::string&) { return http_answer("200 OK", "fine"); })};
};

TEST_F(HttpConnectionTest, IsFreshForEachRun) {
  const HttpCheck check(fmt::format("url: \"{}\"", server.url()));
  EXPECT_THAT(run(check), Passes());
  EXPECT_THAT(run(check), Passes());
  EXPECT_EQ(server.connections(), 2);
}

TEST_F(HttpConnectionTest, IsReusedOnRequest) {
  const HttpCheck check(fmt::format("url: \"{}\"\nreuse_connection: true", server.url()));
  EXPECT_THAT(run(check), Passes());
  EXPECT_THAT(run(check), Passes());
  EXPECT_EQ(server.connections(), 1);
  EXPECT_THAT(server.requests(), SizeIs(2));
}

}  // namespace
}  // namespace vedette::test
