// SPDX-License-Identifier: Apache-2.0
// Through a proxy: plain requests in absolute form, https through a tunnel, and the proxy's own
// troubles.
#include "tests/integration/net/net_fixture.h"
#include "tests/support/free_port.h"
#include "tests/support/scripted_server.h"

namespace vedette::net {
namespace {

using test::Script;
using test::ScriptedServer;

class ProxyTest : public NetTest {
 protected:
  static HttpOptions through(const ScriptedServer& proxy, const std::string& login = {}) {
    HttpOptions options;
    options.proxy = "http://" + login + proxy.authority();
    return options;
  }
};

TEST_F(ProxyTest, PlainRequestGoesInAbsoluteFormAndTheNameIsLeftToTheProxy) {
  ScriptedServer proxy(Script().read_request().send(test::http_answer("200 OK", "through")));
  const auto answer = get("http://only-the-proxy-knows.test/x", through(proxy));
  EXPECT_PASSED(answer);
  EXPECT_EQ(answer.body, "through");
  EXPECT_EQ(test::request_line(proxy.requests().at(0)),
            "GET http://only-the-proxy-knows.test/x HTTP/1.1");
  EXPECT_EQ(test::header_value(proxy.requests().at(0), "Host"), "only-the-proxy-knows.test");
}

TEST_F(ProxyTest, HttpsAsksForATunnel) {
  ScriptedServer proxy(
      Script().read_request().send("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"));
  const auto answer = get("https://shop.test/", through(proxy));
  EXPECT_REASON(answer, connect_refused);
  EXPECT_EQ(test::request_line(proxy.requests().at(0)), "CONNECT shop.test:443 HTTP/1.1");
}

TEST_F(ProxyTest, LoginIsUsedAndItsAbsenceIsToldApart) {
  ScriptedServer proxy(Script().read_request().send(test::http_answer("200 OK", "")));
  EXPECT_PASSED(get("http://shop.test/", through(proxy, "user:secret@")));
  EXPECT_EQ(test::header_value(proxy.requests().at(0), "Proxy-Authorization"),
            "Basic dXNlcjpzZWNyZXQ=");
  ScriptedServer strict(Script().read_request().send(
      "HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic\r\n"
      "Content-Length: 0\r\n\r\n"));
  EXPECT_REASON(get("https://shop.test/", through(strict)), auth_failed);
}

TEST_F(ProxyTest, StalledTunnelIsToldApartFromAStalledHandshake) {
  ScriptedServer tunnel(Script().read_request().stall());
  EXPECT_REASON(get("https://shop.test/", through(tunnel), 200ms), connect_timeout);
  ScriptedServer handshake(
      Script().read_request().send("HTTP/1.1 200 Connection established\r\n\r\n").stall());
  EXPECT_REASON(get("https://shop.test/", through(handshake), 200ms), tls_timeout);
}

TEST_F(ProxyTest, RefusingProxyIsTheReason) {
  test::RefusingPort port;
  HttpOptions options;
  options.proxy = "http://127.0.0.1:" + std::to_string(port.port());
  EXPECT_REASON(get("http://shop.test/", options), connect_refused);
}

TEST_F(ProxyTest, ProxyThatIsNoHttpUrlIsSaid) {
  HttpOptions options;
  options.proxy = "socks5://127.0.0.1:1080";
  EXPECT_REASON(get("http://shop.test/", options), protocol_error);
}

}  // namespace
}  // namespace vedette::net
