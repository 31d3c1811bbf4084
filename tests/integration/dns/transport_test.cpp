// SPDX-License-Identifier: Apache-2.0
// UDP, TCP and TLS with real servers.
#include <fmt/format.h>

#include "tests/integration/dns/dns_site.h"
#include "tests/support/free_port.h"

namespace vedette::test {
namespace {

using testing::HasSubstr;
using DnsTransportTest = DnsSiteTest;

TEST_F(DnsTransportTest, TruncatedAnswerIsAskedForAgainOverTcp) {
  const Result result =
      run("big.shop.test", at_knot("type: TXT\nedns: 512\nexpect: {answer: {count: "
                                   "15}, transport: tcp}"));
  EXPECT_THAT(result, Passes());
  EXPECT_TRUE(phase(result, "connect"));
}

TEST_F(DnsTransportTest, TruncatedAnswerWithoutTcpFails) {
  EXPECT_THAT(run("big.shop.test", at_knot("type: TXT\nedns: none\ntcp_fallback: false")),
              FailsWith(Reason::dns_truncated));
}

TEST_F(DnsTransportTest, TcpAloneWorksToo) {
  const Result result = run("big.shop.test", at_knot("type: TXT\ntransport: tcp"));
  EXPECT_THAT(result, Passes());
  EXPECT_EQ(fact(result, "transport"), "tcp");
  EXPECT_GT(*phase(result, "connect"), Microseconds::zero());
  EXPECT_GT(*phase(result, "request"), Microseconds::zero());
}

TEST_F(DnsTransportTest, TlsIsCheckedAndItsCertificateKept) {
  const std::string server =
      fmt::format("transport: tls\nserver: {}\n", site().resolver().tls_authority());
  const Result result =
      run("host.shop.test", server + "expect: {certificate_expires_in: {greater_than: 10d}}");
  EXPECT_THAT(result, Passes());
  EXPECT_EQ(fact(result, "transport"), "tls");
  EXPECT_THAT(fact(result, "certificate_names"), HasSubstr("shop.test"));
  EXPECT_GT(*phase(result, "tls"), Microseconds::zero());
  EXPECT_GT(gauge(result, "probe_ssl_earliest_cert_expiry"), 0);
  EXPECT_FALSE(result.infos.at(0).empty());

  const Result wrong = run("host.shop.test", server + "tls: {server_name: other.example}");
  EXPECT_THAT(wrong, FailsWith(Reason::tls_wrong_host));
  EXPECT_NE(fact(wrong, "certificate_subject"), "");
}

TEST_F(DnsTransportTest, ServersAreTriedInTheirOrder) {
  RefusingPort closed;
  const Result result =
      run("host.shop.test",
          fmt::format("servers: [127.0.0.1:{}, {}]", closed.port(), site().knot().authority()));
  EXPECT_THAT(result, Passes());
  EXPECT_EQ(fact(result, "server"), site().knot().authority());
}

TEST_F(DnsTransportTest, BothFamiliesAreAskedWhenWanted) {
  const Result result = run("host.shop.test", at_knot("ip: each"));
  EXPECT_EQ(result.outcome, Outcome::fail) << "127.0.0.1 is no IPv6 address";
  EXPECT_THAT(result.message, HasSubstr("over IPv6"));
}

}  // namespace
}  // namespace vedette::test
