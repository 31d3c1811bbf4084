// SPDX-License-Identifier: Apache-2.0
// All servers of a list, or of a zone, and whether they agree.
#include <fmt/format.h>

#include "tests/integration/dns/dns_site.h"
#include "tests/support/udp_server.h"

namespace vedette::test {
namespace {

using testing::HasSubstr;
using testing::Not;

class DnsEachServerTest : public DnsSiteTest {
 protected:
  // All servers that the resolver finds for the zone, at the cluster's port.
  Result run_zone(const std::string& name, const std::string& more = {}, Duration timeout = 10s) {
    return run(
        name,
        at_resolver(fmt::format("each_server: true\nport: {}\n{}", site().cluster_port(), more)),
        timeout);
  }

  std::string listed(const std::string& more) {
    return fmt::format("each_server: true\nservers: [127.0.0.2:{0}, 127.0.0.3:{0}]\n{1}",
                       site().cluster_port(), more);
  }
};

TEST_F(DnsEachServerTest, NameServersOfTheZoneAgree) {
  const Result result = run_zone("www.cluster.test");
  EXPECT_THAT(result, Passes());
  EXPECT_THAT(fact(result, "servers"), HasSubstr("ns1.cluster.test. (127.0.0.2:"));
  EXPECT_THAT(fact(result, "servers"), HasSubstr("ns2.cluster.test. (127.0.0.3:"));
  EXPECT_THAT(fact(result, "servers"), HasSubstr("serial 10"));
  EXPECT_EQ(gauge(result, "probe_dns_servers"), 2);
  EXPECT_EQ(gauge(result, "probe_dns_servers_failed"), 0);
  EXPECT_EQ(gauge(result, "probe_dns_serial_lag"), 0);
}

TEST_F(DnsEachServerTest, LaggingSerialIsNamed) {
  const Result result = run_zone("www.lag.test");
  EXPECT_THAT(result, FailsWith(Reason::dns_disagreement));
  EXPECT_THAT(result.message, HasSubstr("ns2.lag.test."));
  EXPECT_THAT(result.message, HasSubstr("serial 8, 2 behind"));
  EXPECT_EQ(gauge(result, "probe_dns_serial_lag"), 2);
  EXPECT_THAT(run_zone("www.lag.test", "serial_lag: 2"), Passes());
  EXPECT_THAT(run_zone("lag.test", "type: SOA"), FailsWith(Reason::dns_disagreement));
}

TEST_F(DnsEachServerTest, DifferentAnswersAreToldApart) {
  const Result result = run_zone("www.differ.test");
  EXPECT_THAT(result, FailsWith(Reason::dns_disagreement));
  EXPECT_THAT(result.message, HasSubstr("192.0.2.66"));
  EXPECT_THAT(result.transcript.text(), HasSubstr("* ns1.differ.test. (127.0.0.2"));
}

TEST_F(DnsEachServerTest, ServerThatDoesNotKnowTheZoneIsNamed) {
  const Result result = run_zone("www.lame.test");
  EXPECT_THAT(result, FailsWith(Reason::dns_refused));
  EXPECT_THAT(result.message, HasSubstr("ns2.lame.test."));
  EXPECT_THAT(result.message, Not(HasSubstr("ns1.lame.test.")));
  EXPECT_EQ(gauge(result, "probe_dns_servers_failed"), 1);
}

TEST_F(DnsEachServerTest, SilentServerIsNamedInTime) {
  UdpServer silent([](const std::string&) { return std::vector<Datagram>(); }, "127.0.0.4",
                   site().cluster_port());
  const Result result = run_zone("www.silent.test", {}, 1s);
  EXPECT_THAT(result, FailsWith(Reason::dns_timeout));
  EXPECT_THAT(result.message, HasSubstr("ns2.silent.test. (127.0.0.4"));
  EXPECT_THAT(fact(result, "servers"), HasSubstr("ns1.silent.test. (127.0.0.2"));
}

TEST_F(DnsEachServerTest, ListedServersAreComparedAsTheyAre) {
  EXPECT_THAT(run("www.cluster.test", listed("")), Passes());
  EXPECT_THAT(run("www.differ.test", listed("")), FailsWith(Reason::dns_disagreement));
  EXPECT_THAT(run("www.lag.test", listed("")), Passes()) << "serials are not looked at";
  EXPECT_THAT(run("www.lag.test", listed("serial_lag: 1")), FailsWith(Reason::dns_disagreement));
}

TEST_F(DnsEachServerTest, ResolverForAZoneIsLame) {
  const Result result =
      run("shop.test", at_resolver(fmt::format("each_server: true\nrecursion: true\nport: {}",
                                               site().resolver().authority().substr(10))));
  EXPECT_THAT(result, FailsWith(Reason::dns_not_authoritative));
  EXPECT_THAT(result.message, HasSubstr("lame"));
}

TEST_F(DnsEachServerTest, ZoneThatIsNotFoundIsAFailure) {
  const Result result = run("www.cluster.test", at_knot("each_server: true"));
  EXPECT_THAT(result, FailsWith(Reason::dns_refused));
  EXPECT_THAT(result.message, HasSubstr("name servers of the zone were not found"));
}

}  // namespace
}  // namespace vedette::test
