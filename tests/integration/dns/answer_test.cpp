// SPDX-License-Identifier: Apache-2.0
// What is asked of real servers, and what is made of their answers.
#include <fmt/format.h>

#include "tests/integration/dns/dns_site.h"

namespace vedette::test {
namespace {

using testing::HasSubstr;
using DnsAnswerTest = DnsSiteTest;

TEST_F(DnsAnswerTest, AddressesOfANameAreFoundAndMeasured) {
  const Result result = run("host.shop.test", at_knot("expect: {answer: {equals: [192.0.2.2, "
                                                      "192.0.2.1]}, authoritative: true}"));
  EXPECT_THAT(result, Passes());
  EXPECT_EQ(fact(result, "rcode"), "NOERROR");
  EXPECT_EQ(fact(result, "remote_address"), "127.0.0.1");
  EXPECT_EQ(fact(result, "transport"), "udp");
  EXPECT_THAT(fact(result, "flags"), HasSubstr("aa"));
  EXPECT_TRUE(phase(result, "resolve"));
  EXPECT_GT(*phase(result, "request"), Microseconds::zero());
  EXPECT_GE(*phase(result, "total"), *phase(result, "request"));
  EXPECT_EQ(gauge(result, "probe_dns_query_succeeded"), 1);
  EXPECT_EQ(gauge(result, "probe_dns_answer_rrs"), 2);
  EXPECT_EQ(gauge(result, "probe_ip_protocol"), 4);
  EXPECT_GT(gauge(result, "probe_dns_duration_seconds", "request"), 0);
}

TEST_F(DnsAnswerTest, ABriefRunThatPassesTellsGaugesOnly) {
  be_brief();
  const Result result = run("host.shop.test", at_knot("expect: {answer: {count: 2}}"));
  EXPECT_THAT(result, Passes());
  EXPECT_TRUE(result.evidence.empty() && result.facts.empty());
  EXPECT_EQ(gauge(result, "probe_dns_answer_rrs"), 2);
  EXPECT_EQ(gauge(result, "probe_ip_protocol"), 4);
}

TEST_F(DnsAnswerTest, RecordsOfManyTypesAreReadAsTheyAreWritten) {
  const std::pair<const char*, const char*> cases[] = {
      {"MX", "[10 mail.shop.test., 20 backup.mail.test.]"},
      {"TXT", R"(['"v=spf1 -all"'])"},
      {"CAA", R"(['0 issue "letsencrypt.org"'])"},
      {"HTTPS", R"(['1 . alpn="h2,h3"'])"},
      {"NS", "[ns.shop.test.]"},
      {"SOA", "[ns.shop.test. hostmaster.shop.test. 2026112502 7200 900 1209600 300]"},
  };
  for (const auto& [type, data] : cases) {
    const Result result =
        run("shop.test",
            at_knot(fmt::format("type: {}\nexpect: {{answer: {{equals: {}}}}}", type, data)));
    EXPECT_THAT(result, Passes()) << type;
  }
  EXPECT_THAT(
      run("odd.shop.test", at_knot("type: 65280\nexpect: {answer: {equals: ['\\# 4 0A000001']}}")),
      Passes());
}

TEST_F(DnsAnswerTest, ChainsOfNamesAreSeenInTheRecords) {
  EXPECT_THAT(
      run("www.shop.test", at_knot("expect: {records: www.shop.test. CNAME host.shop.test., "
                                   "answer: {count: 2}, ttl: {at_least: 60, at_most: 120}}")),
      Passes());
}

TEST_F(DnsAnswerTest, NameThatDoesNotExistFailsUnlessThatIsWanted) {
  const Result result = run("nix.shop.test", at_knot());
  EXPECT_THAT(result, FailsWith(Reason::dns_nxdomain));
  EXPECT_THAT(result.message, HasSubstr("nix.shop.test."));
  EXPECT_THAT(result.transcript.text(), HasSubstr("NXDOMAIN"));
  EXPECT_THAT(run("nix.shop.test", at_knot("expect: {rcode: NXDOMAIN}")), Passes());
  EXPECT_THAT(run("host.shop.test", at_knot("expect: {rcode: [nxdomain, refused]}")),
              FailsWith(Reason::expectation_failed));
}

TEST_F(DnsAnswerTest, NameWithoutTheTypeHasNoDataUnlessSomethingIsSaidOfAnswers) {
  EXPECT_THAT(run("host.shop.test", at_knot("type: AAAA")), FailsWith(Reason::dns_no_data));
  EXPECT_THAT(run("nothing.shop.test", at_knot()), FailsWith(Reason::dns_no_data));
  EXPECT_THAT(run("host.shop.test", at_knot("type: AAAA\nexpect: {answer: {count: 0}}")), Passes());
  EXPECT_THAT(run("host.shop.test", at_knot("type: AAAA\nexpect: {rcode: NOERROR}")), Passes());
}

TEST_F(DnsAnswerTest, ForeignZoneIsRefused) {
  const Result result = run("example.com", at_knot());
  EXPECT_THAT(result, FailsWith(Reason::dns_refused));
  EXPECT_EQ(gauge(result, "probe_dns_query_succeeded"), 1);
}

TEST_F(DnsAnswerTest, UnmetExpectationsAreToldWithWhatWasSeen) {
  const Result wrong = run("host.shop.test", at_knot("expect: {answer: {equals: [192.0.2.1]}}"));
  EXPECT_THAT(wrong, FailsWith(Reason::expectation_failed));
  EXPECT_THAT(wrong.message, HasSubstr("192.0.2.2"));
  const Result serial = run("shop.test", at_knot("type: SOA\nexpect: {serial: 2026112501}"));
  EXPECT_THAT(serial.message, HasSubstr("2026112502"));
  EXPECT_EQ(gauge(serial, "probe_dns_serial"), 2026112502);
  EXPECT_THAT(run("host.shop.test", at_knot("expect: {authoritative: false}")),
              FailsWith(Reason::expectation_failed));
  const Result slow =
      run("host.shop.test", at_knot("expect_degraded: {request: {less_than: 0ms}}"));
  EXPECT_EQ(slow.outcome, Outcome::degraded);
}

TEST_F(DnsAnswerTest, ResolverIsNotAuthoritative) {
  EXPECT_THAT(run("host.shop.test", at_resolver()), Passes());
  EXPECT_THAT(run("host.shop.test", at_resolver("expect: {authoritative: true}")),
              FailsWith(Reason::dns_not_authoritative));
}

TEST_F(DnsAnswerTest, AnotherClassIsAskedFor) {
  EXPECT_THAT(
      run("version.bind", at_resolver("type: TXT\nclass: CH\nexpect: {answer: {count: 1}}")),
      Passes());
}

TEST_F(DnsAnswerTest, SystemsResolversAreAskedWhenNoneIsNamed) {
  // Whatever this machine's are, the run ends and says which one it was.
  const Result result = run("localhost", "", 2s);
  EXPECT_NE(fact(result, "server"), "");
}

}  // namespace
}  // namespace vedette::test
