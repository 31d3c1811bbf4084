// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/judge.h"

#include <cmath>

#include <gmock/gmock.h>

#include "probes/dns/joined.h"
#include "probes/dns/series.h"
#include "probes/dns/wire/words.h"
#include "probes/net/address.h"
#include "tests/unit/config/parsed.h"

namespace vedette::dns {
namespace {

using testing::HasSubstr;

const Instant now = Instant(std::chrono::seconds(1'767'225'600));  // 2026-01-01

Settings settings_of(const std::string& yaml) {
  config::Problems problems;
  const auto settings = parse_settings(config::parsed(yaml), problems);
  EXPECT_EQ(problems.text(), "");
  return settings.value_or(Settings{});
}

Asked answered(std::vector<Record> records, std::uint16_t rcode = rcode::noerror) {
  Asked asked;
  asked.server = "ns.test:53";
  asked.address = "192.0.2.53";
  asked.ip = net::parse_address(asked.address);
  asked.transport = "udp";
  asked.answer.emplace();
  asked.answer->header.rcode = rcode;
  asked.answer->answer = std::move(records);
  asked.clock.stop();
  return asked;
}

Record address(std::string data, std::uint32_t ttl = 300) {
  return {.name = "a.test.", .type = 1, .klass = 1, .ttl = ttl, .data = std::move(data)};
}

Record signature_until(Instant end) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(end).time_since_epoch().count();
  return {.name = "a.test.",
          .type = type::rrsig,
          .klass = 1,
          .data = "A ...",
          .covered = 1,
          .signature_end = static_cast<std::uint32_t>(seconds)};
}

double gauge(const Result& result, std::string_view name) {
  const auto found = std::ranges::find(gauges, name, &GaugeSpec::name);
  return result.gauges.at(static_cast<std::size_t>(found - gauges.begin()));
}

TEST(DnsJudge, LowestTtlAndFirstSignatureCount) {
  const Settings settings = settings_of("{name: a.test, expect: {ttl: {at_least: 60}}}");
  const Asked asked = answered({address("192.0.2.1", 300), address("192.0.2.2", 30),
                                signature_until(now + std::chrono::days(5)),
                                signature_until(now + std::chrono::days(2))});
  const Result result = judge(settings, asked, {}, now);
  EXPECT_EQ(result.reason, Reason::expectation_failed);
  EXPECT_THAT(result.message, HasSubstr("TTL was 30"));
  EXPECT_EQ(gauge(result, "probe_dns_answer_ttl_seconds"), 30);
  EXPECT_EQ(gauge(result, "probe_dns_signature_expiry_timestamp_seconds"),
            1'767'225'600 + 2 * 24 * 3600);
}

TEST(DnsJudge, SignatureThatHasEndedIsToldSo) {
  const Settings settings =
      settings_of("{name: a.test, expect: {signatures_valid_for: {greater_than: 1d}}}");
  const Asked asked =
      answered({address("192.0.2.1"), signature_until(now - std::chrono::hours(3))});
  EXPECT_THAT(judge(settings, asked, {}, now).message, HasSubstr("signature expired 3h ago"));
}

// 32 bits of seconds end in 2106; what counts is which side of now they are on.
TEST(DnsJudge, SignaturesReachBeyondTheEndOfTheirClock) {
  const Instant late = Instant(std::chrono::seconds(0xffffff00LL));
  const Settings settings =
      settings_of("{name: a.test, expect: {signatures_valid_for: {greater_than: 1h}}}");
  const Asked asked =
      answered({address("192.0.2.1"), signature_until(late + std::chrono::hours(2))});
  EXPECT_EQ(judge(settings, asked, {}, late).outcome, Outcome::pass);
}

TEST(DnsJudge, ABriefRunLeavesEvidenceAndFactsOutWhenItPassesAndOnlyThen) {
  const Settings settings = settings_of("{name: a.test, expect: {ttl: {at_least: 60}}}");
  const Result passed =
      judge(settings, answered({address("192.0.2.1", 300)}), {.brief = true}, now);
  EXPECT_EQ(passed.outcome, Outcome::pass);
  EXPECT_TRUE(passed.evidence.empty() && passed.facts.empty());
  EXPECT_EQ(gauge(passed, "probe_dns_answer_ttl_seconds"), 300);

  const Asked late = answered({address("192.0.2.1", 30)});
  const Result failed = judge(settings, late, {.brief = true}, now);
  const Result in_full = judge(settings, late, {}, now);
  EXPECT_EQ(failed.message, "TTL was 30, expected at least 60");
  EXPECT_EQ(failed.evidence.size(), in_full.evidence.size());
  EXPECT_EQ(failed.facts.size(), in_full.facts.size());
}

TEST(DnsJudge, ServersWordsAboutItsFailureAreTold) {
  Asked asked = answered({}, rcode::servfail);
  asked.answer->edns = Edns{.errors = {{22, "at 192.0.2.9"}}};
  const Result result = judge(settings_of("{name: a.test}"), asked, {}, now);
  EXPECT_EQ(result.reason, Reason::dns_servfail);
  EXPECT_THAT(result.message, HasSubstr("no reachable authority: at 192.0.2.9"));
}

TEST(DnsJudge, UnexpectedAnswerToAWantedFailureIsAnUnmetExpectation) {
  const Settings settings = settings_of("{name: a.test, expect: {rcode: NXDOMAIN}}");
  EXPECT_EQ(judge(settings, answered({address("192.0.2.1")}), {}, now).reason,
            Reason::expectation_failed);
  EXPECT_EQ(judge(settings, answered({}, rcode::servfail), {}, now).reason, Reason::dns_servfail);
}

TEST(DnsJudge, GaugesAndPhasesOfAFailureAreThere) {
  Asked asked;
  asked.server = "ns.test:53";
  asked.failure = net::Failure{Reason::dns_timeout, "request: silence"};
  const Result result = judge(settings_of("{name: a.test}"), asked, {}, now);
  EXPECT_EQ(result.gauges.size(), gauges.size());
  EXPECT_EQ(gauge(result, "probe_dns_query_succeeded"), 0);
  EXPECT_TRUE(std::isnan(gauge(result, "probe_dns_answer_rrs")));
  EXPECT_THAT(result.transcript.text(), HasSubstr("> a.test. IN A rd edns 1232 to ns.test:53"));
}

TEST(DnsJoin, EachServerIsNamedInTheEvidenceAndTheWorstDecides) {
  const Settings settings =
      settings_of("{name: a.test, each_server: true, servers: [192.0.2.1, 192.0.2.2]}");
  ServerAsked good, bad;
  good.asked = answered({address("192.0.2.1")});
  good.asked.server = "one";
  good.claim = claim_of(good.asked, settings.query);
  bad.asked = answered({}, rcode::refused);
  bad.asked.server = "two";
  bad.claim = claim_of(bad.asked, settings.query);
  const Result result = join(settings, {good, bad}, now);
  EXPECT_EQ(result.reason, Reason::dns_refused);
  EXPECT_THAT(result.message, HasSubstr("two refused"));
  EXPECT_EQ(gauge(result, "probe_dns_servers"), 2);
  EXPECT_EQ(gauge(result, "probe_dns_servers_failed"), 1);
  ASSERT_EQ(result.evidence.size(), 3u);
  EXPECT_THAT(result.evidence[0].saw, HasSubstr("one: "));
  EXPECT_FALSE(result.evidence[1].ok || result.evidence[2].ok);
  const auto servers = std::ranges::find(result.facts, "servers", &Fact::name);
  ASSERT_NE(servers, result.facts.end());
}

}  // namespace
}  // namespace vedette::dns
