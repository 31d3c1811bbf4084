// SPDX-License-Identifier: Apache-2.0
// How the probe gets to the server: names, families, overrides, proxies, HTTP versions.
#include <fmt/format.h>

#include "tests/integration/http/http_fixture.h"
#include "tests/support/dns_server.h"
#include "tests/support/free_port.h"

namespace vedette::test {
namespace {

using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

class HttpRouteTest : public HttpSiteTest {};

TEST_F(HttpRouteTest, AResolveOverrideNeedsNoDns) {
  EXPECT_THAT(
      run(site().url("tls", "/echo", "shop.test"),
          "resolve: {shop.test: 127.0.0.1}\nexpect: {body: {contains: [\"host=shop.test:\", "
          "\"server-name=shop.test\"]}}"),
      Passes());
}

TEST_F(HttpRouteTest, AServerNameOverrideIsSentAndChecked) {
  const std::string url = site().url("wrong_host", "/echo");
  EXPECT_THAT(run(url), FailsWith(Reason::tls_wrong_host));
  EXPECT_THAT(
      run(url,
          "tls: {server_name: other.test}\nexpect: {body: {contains: \"server-name=other.test\"}}"),
      Passes());
}

TEST_F(HttpRouteTest, AnOverrideAlsoChecksTheNameOfAGoodCertificate) {
  EXPECT_THAT(run(site().url("tls"), "tls: {server_name: evil.test}"),
              FailsWith(Reason::tls_wrong_host));
}

TEST_F(HttpRouteTest, HttpVersionsAreNegotiatedOrForced) {
  const auto expect_version = [&](const char* port, const char* more, const char* version) {
    EXPECT_THAT(
        run(site().url(port), fmt::format("{}\nexpect: {{http_version: \"{}\"}}", more, version)),
        Passes())
        << port << " " << more;
  };
  expect_version("h2", "", "2");
  expect_version("tls", "", "1.1");
  expect_version("h2", "version: \"1.1\"", "1.1");
  expect_version("h2", "version: \"2\"", "2");
  expect_version("h2c", "version: \"2\"", "2");
  expect_version("plain", "", "1.1");
}

TEST_F(HttpRouteTest, OldAndExoticTlsIsSpokenToo) {
  for (const char* port : {"tls12", "p384", "p521", "ed25519"}) {
    EXPECT_THAT(run(site().url(port), "expect: {status: 200}"), Passes()) << port;
  }
  EXPECT_EQ(fact(run(site().url("tls12")), "tls_version"), "TLS 1.2");
}

class HttpFamilyTest : public HttpRouteTest {
 protected:
  void SetUp() override {
    HttpRouteTest::SetUp();
    if (!has_ipv6_loopback()) {
      GTEST_SKIP() << "this machine has no IPv6 loopback";
    }
  }
};

TEST_F(HttpFamilyTest, AnIpv6AddressIsAUrlToo) {
  const Result result =
      run(site().url("v6_plain"), "expect: {status: 200, remote_address: \"::1\"}");
  EXPECT_THAT(result, Passes());
  EXPECT_EQ(gauge(result, "probe_ip_protocol"), 6);
}

TEST_F(HttpFamilyTest, CertificatesNameIpv6AddressesToo) {
  EXPECT_THAT(run(site().url("v6_tls"), "expect: {status: 200}"), Passes());
}

TEST_F(HttpFamilyTest, ALiteralOfTheOtherFamilyIsNoAddress) {
  EXPECT_THAT(run(site().url("v6_plain"), "ip: 4"), FailsWith(Reason::dns_no_data));
  EXPECT_THAT(run(site().url("plain"), "ip: 6"), FailsWith(Reason::dns_no_data));
}

class HttpDnsTest : public HttpProbeTest {
 protected:
  static Script fine() {
    return http_script([](const std::string&) { return http_answer("200 OK", "fine"); });
  }
  Result run_with(const ScriptedDnsServer& dns, const std::string& more = {},
                  Duration timeout = 5s) {
    toolbox_settings().dns_servers = dns.address();
    return run(fmt::format("http://www.shop.test:{}/", server.port()), more, timeout);
  }
  ScriptedServer server{fine()};
};

TEST_F(HttpDnsTest, NamesAreResolvedOnTheLoop) {
  const ScriptedDnsServer dns({{"www.shop.test", {.v4 = {"127.0.0.1"}}}});
  const Result result = run_with(dns, "expect: {remote_address: 127.0.0.1}");
  EXPECT_THAT(result, Passes());
  EXPECT_THAT(phase(result, "resolve"), testing::Optional(testing::Gt(0us)));
  EXPECT_THAT(server.requests(), SizeIs(1));
  EXPECT_THAT(header_value(server.requests().at(0), "Host"), StartsWith("www.shop.test:"));
}

TEST_F(HttpDnsTest, OnlyTheWantedFamilyIsAskedFor) {
  const ScriptedDnsServer dns({{"www.shop.test", {.v4 = {"127.0.0.1"}, .v6 = {"::1"}}}});
  EXPECT_THAT(run_with(dns, "ip: 4\nexpect: {remote_address: 127.0.0.1}"), Passes());
  EXPECT_THAT(dns.queries(), Each("www.shop.test A"));
}

TEST_F(HttpDnsTest, ATimeSpentOnANameIsResolveTime) {
  const ScriptedDnsServer dns({{"www.shop.test", {.v4 = {"127.0.0.1"}, .delay = 60ms}}});
  EXPECT_THAT(phase(run_with(dns, "ip: 4"), "resolve"), testing::Optional(testing::Ge(60ms)));
}

struct DnsTrouble {
  std::string name;
  DnsAnswer answer;
  Reason reason;
};
void PrintTo(const DnsTrouble& trouble, std::ostream* out) {
  *out << trouble.name;
}

class HttpDnsTroubleTest : public HttpDnsTest, public testing::WithParamInterface<DnsTrouble> {};

INSTANTIATE_TEST_SUITE_P(
    Dns, HttpDnsTroubleTest,
    testing::Values(
        DnsTrouble{"nxdomain", {.kind = DnsAnswer::Kind::nxdomain}, Reason::dns_nxdomain},
        DnsTrouble{"no_data", {.kind = DnsAnswer::Kind::addresses}, Reason::dns_no_data},
        DnsTrouble{"servfail", {.kind = DnsAnswer::Kind::servfail}, Reason::dns_servfail},
        DnsTrouble{"refused", {.kind = DnsAnswer::Kind::refused}, Reason::dns_refused},
        DnsTrouble{"silence", {.kind = DnsAnswer::Kind::silence}, Reason::dns_timeout}),
    [](const auto& row) { return row.param.name; });

TEST_P(HttpDnsTroubleTest, IsTheReason) {
  const ScriptedDnsServer dns({}, GetParam().answer);
  const Result result = run_with(dns, {}, 400ms);
  EXPECT_THAT(result, FailsWith(GetParam().reason));
  EXPECT_THAT(result.message, StartsWith("resolve: "));
  EXPECT_THAT(server.requests(), IsEmpty());
}

TEST_F(HttpDnsTest, GarbageIsNotBelieved) {
  const ScriptedDnsServer dns({}, {.kind = DnsAnswer::Kind::garbage});
  const Result result = run_with(dns, {}, 400ms);
  EXPECT_THAT(result.reason, testing::AnyOf(Reason::dns_malformed, Reason::dns_timeout))
      << summary(result);
}

TEST_F(HttpDnsTest, AnAnswerWithAWrongIdIsNotBelieved) {
  const ScriptedDnsServer dns({}, {.kind = DnsAnswer::Kind::wrong_id, .v4 = {"127.0.0.1"}});
  EXPECT_THAT(run_with(dns, {}, 400ms), FailsWith(Reason::dns_timeout));
}

// A name with an address of each family, and a server behind one or both of them on the same port.
class HttpBothFamiliesTest : public HttpDnsTest {
 protected:
  void SetUp() override {
    if (!has_ipv6_loopback()) {
      GTEST_SKIP() << "this machine has no IPv6 loopback";
    }
  }
  ScriptedDnsServer dns{{{"www.shop.test", {.v4 = {"127.0.0.1"}, .v6 = {"::1"}}}}};
  const std::string family = "expect: {remote_address: ";
};

TEST_F(HttpBothFamiliesTest, AnyTakesTheFamilyThatWorks) {
  EXPECT_THAT(run_with(dns, family + "127.0.0.1}"), Passes());
}

TEST_F(HttpBothFamiliesTest, SixTakesNoOther) {
  EXPECT_THAT(run_with(dns, "ip: 6"), FailsWith(Reason::connect_refused));
}

TEST_F(HttpBothFamiliesTest, EachFailsWhenOneFamilyDoes) {
  const Result result = run_with(dns, "ip: each");
  EXPECT_THAT(result, FailsWith(Reason::connect_refused));
  EXPECT_THAT(result.message, HasSubstr("IPv6"));
  EXPECT_THAT(server.requests(), SizeIs(1));
}

TEST_F(HttpBothFamiliesTest, EachPassesWhenBothDo) {
  const ScriptedServer v6(fine(), "::1", server.port());
  EXPECT_THAT(run_with(dns, "ip: each"), Passes());
  EXPECT_THAT(server.requests(), SizeIs(1));
  EXPECT_THAT(v6.requests(), SizeIs(1));
}

TEST_F(HttpBothFamiliesTest, EachHalvesTheTimeSoThatAStallInOneLeavesTimeForTheOther) {
  const ScriptedServer v6(fine(), "::1", server.port());
  const ScriptedServer stalling(Script().stall());
  toolbox_settings().dns_servers = dns.address();
  const Result result =
      run(fmt::format("http://www.shop.test:{}/", stalling.port()), "ip: each", 400ms);
  EXPECT_EQ(result.outcome, Outcome::fail) << summary(result);
  EXPECT_THAT(result.evidence, SizeIs(2));
}

class HttpProxyTest : public HttpSiteTest {};

TEST_F(HttpProxyTest, IsAskedForThePageAndResolvesTheName) {
  const ScriptedServer proxy(http_script(
      [](const std::string& request) { return http_answer("200 OK", request_line(request)); }));
  EXPECT_THAT(
      run("http://nowhere.shop.test/page",
          fmt::format(
              "proxy: \"{}\"\nexpect: {{body: {{equals: \"GET http://nowhere.shop.test/page "
              "HTTP/1.1\"}}}}",
              proxy.url())),
      Passes());
}

TEST_F(HttpProxyTest, LetsTlsThrough) {
  const ScriptedServer proxy(
      Script()
          .read_request()
          .send("HTTP/1.1 200 Connection established\r\n\r\n")
          .handshake(site().tls().identity("good"))
          .serve([](const std::string&) { return http_answer("200 OK", "through"); }));
  const Result result = run("https://shop.test/page",
                            fmt::format("proxy: \"{}\"\nexpect: {{body: through}}", proxy.url()));
  EXPECT_THAT(result, Passes());
  ASSERT_THAT(proxy.requests(), SizeIs(2));
  EXPECT_EQ(request_line(proxy.requests()[0]), "CONNECT shop.test:443 HTTP/1.1");
  EXPECT_EQ(request_line(proxy.requests()[1]), "GET /page HTTP/1.1");
  EXPECT_THAT(fact(result, "certificate_subject"), HasSubstr("shop.test"));
}

TEST_F(HttpProxyTest, GetsNoCredentialsOfTheServer) {
  const ScriptedServer proxy(
      Script().read_request().send("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"));
  const Result result =
      run("https://shop.test/",
          fmt::format("proxy: \"{}\"\nauth: {{bearer: only-for-the-shop}}", proxy.url()));
  EXPECT_EQ(result.outcome, Outcome::fail);
  EXPECT_THAT(result.message, HasSubstr("proxy"));
  ASSERT_THAT(proxy.requests(), SizeIs(1));
  EXPECT_THAT(proxy.requests()[0], Not(HasSubstr("only-for-the-shop")));
}

TEST_F(HttpProxyTest, ThatIsDownIsTheReason) {
  const RefusingPort port;
  EXPECT_THAT(run("http://shop.test/", fmt::format("proxy: \"http://127.0.0.1:{}\"", port.port())),
              FailsWith(Reason::connect_refused));
}

TEST_F(HttpProxyTest, ThatStallsEndsInTime) {
  const ScriptedServer proxy(Script().read_request().stall());
  EXPECT_THAT(run("https://shop.test/", fmt::format("proxy: \"{}\"", proxy.url()), 300ms),
              FailsWith(Reason::connect_timeout));
}

}  // namespace
}  // namespace vedette::test
