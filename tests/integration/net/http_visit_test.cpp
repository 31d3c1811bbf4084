// SPDX-License-Identifier: Apache-2.0
// A visit keeps connections and cookies from one exchange to the next, as a browser does, and never
// takes them along to another visit.
#include "probes/net/http_visit.h"

#include "tests/integration/net/net_fixture.h"
#include "tests/support/scripted_server.h"
#include "tests/support/tls_files.h"

namespace vedette::net {
namespace {

using test::header_value;
using test::http_answer;
using test::ScriptedServer;

class HttpVisitTest : public NetTest {
 protected:
  HttpExchange visit(HttpVisit& visit, const std::string& url, const HttpOptions& options = {}) {
    HttpRequest request{.url = url};
    return test::run_coroutine(
        loop_, toolbox_.http().exchange(std::move(request), options, Deadline::in(10s), &visit));
  }

  // Gives everybody a cookie, and says which one came along.
  ScriptedServer server_{test::http_script([](const std::string& request) {
    return http_answer("200 OK", "cookie: " + header_value(request, "Cookie"),
                       "Set-Cookie: sid=abc; Path=/\r\nSet-Cookie: deep=1; Path=/deep\r\n");
  })};
};

TEST_F(HttpVisitTest, GoesOverOneConnection) {
  HttpVisit site;
  for (int i = 0; i < 3; ++i) EXPECT_PASSED(visit(site, server_.url("/")));
  EXPECT_EQ(server_.connections(), 1);
  HttpVisit another;
  EXPECT_PASSED(visit(another, server_.url("/")));
  EXPECT_EQ(server_.connections(), 2);
}

TEST_F(HttpVisitTest, SendsTheCookiesThatBelongToTheUrl) {
  HttpVisit site;
  EXPECT_EQ(visit(site, server_.url("/")).body, "cookie: ");
  EXPECT_EQ(visit(site, server_.url("/")).body, "cookie: sid=abc");
  EXPECT_EQ(visit(site, server_.url("/deep/1")).body, "cookie: deep=1; sid=abc");
  HttpVisit another;
  EXPECT_EQ(visit(another, server_.url("/")).body, "cookie: ");
}

TEST_F(HttpVisitTest, AnExchangeWithoutAVisitKnowsNothingOfOne) {
  HttpVisit site;
  visit(site, server_.url("/"));
  EXPECT_EQ(get(server_.url("/")).body, "cookie: ");
  EXPECT_EQ(server_.connections(), 2);
}

TEST_F(HttpVisitTest, AVisitThatEndsWithAConnectionOpenLeavesTheLoopInOrder) {
  for (int i = 0; i < 20; ++i) {
    HttpVisit site;
    EXPECT_PASSED(visit(site, server_.url("/")));
  }
  EXPECT_PASSED(get(server_.url("/")));
}

}  // namespace
}  // namespace vedette::net
