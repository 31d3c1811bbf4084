// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/settings.h"

#include <gmock/gmock.h>

#include "probes/dns/wire/name.h"
#include "probes/dns/wire/words.h"
#include "tests/unit/config/parsed.h"

namespace vedette::dns {
namespace {

using testing::HasSubstr;

Settings settings_of(const std::string& yaml) {
  config::Problems problems;
  const auto settings = parse_settings(config::parsed(yaml), problems);
  EXPECT_EQ(problems.text(), "");
  return settings.value_or(Settings{});
}

std::string problems_of(const std::string& yaml) {
  config::Problems problems;
  EXPECT_FALSE(parse_settings(config::parsed(yaml), problems));
  return problems.text();
}

TEST(DnsSettings, ANameAloneAsksTheSystemForItsAddress) {
  const Settings settings = settings_of("{name: Example.com}");
  EXPECT_EQ(settings.name, "Example.com.");
  EXPECT_EQ(settings.query.name, encode_name("Example.com"));
  EXPECT_EQ(settings.query.type, type::a);
  EXPECT_EQ(settings.query.klass, class_in);
  EXPECT_TRUE(settings.query.recursion);
  EXPECT_EQ(settings.query.edns_size, 1232);
  EXPECT_FALSE(settings.query.dnssec_ok || settings.query.authenticated);
  EXPECT_TRUE(settings.servers.empty());
  EXPECT_FALSE(settings.each_server || settings.may_be_empty);
  ASSERT_EQ(settings.expect.size(), 1u) << "NOERROR";
}

TEST(DnsSettings, AnAddressStandsForItsReverseName) {
  const Settings settings = settings_of("{name: 192.0.2.1}");
  EXPECT_EQ(settings.name, "1.2.0.192.in-addr.arpa.");
  EXPECT_EQ(settings.query.type, type::ptr);
}

TEST(DnsSettings, QuestionAndServersAreReadAsTheyAreWritten) {
  const Settings settings = settings_of(
      "{name: a.test, type: TYPE65280, class: CH, servers: [127.0.0.1, '[::1]:53', ns.test:54], "
      "port: 5353, transport: tcp, tcp_fallback: false, edns: none, recursion: false, ip: each}");
  EXPECT_EQ(settings.query.type, 65280);
  EXPECT_EQ(settings.query.klass, 3);
  EXPECT_FALSE(settings.query.edns_size);
  EXPECT_FALSE(settings.query.recursion || settings.way.tcp_fallback);
  EXPECT_EQ(settings.way.transport, Transport::tcp);
  EXPECT_EQ(settings.servers,
            (std::vector<peer::Server>{{"127.0.0.1", 5353}, {"::1", 53}, {"ns.test", 54}}));
  EXPECT_EQ(settings.families.size(), 2u);
}

TEST(DnsSettings, PortFollowsTheTransport) {
  EXPECT_EQ(settings_of("{name: a.test, server: 127.0.0.1}").servers.at(0).port, 53);
  EXPECT_EQ(settings_of("{name: a.test, server: 127.0.0.1, transport: tls}").servers.at(0).port,
            853);
}

TEST(DnsSettings, WhatIsExpectedDecidesWhatIsAskedFor) {
  EXPECT_TRUE(settings_of("{name: a, authenticated: true}").query.authenticated);
  EXPECT_TRUE(settings_of("{name: a, expect_degraded: {signatures_valid_for: {greater_than: 1d}}}")
                  .query.dnssec_ok);
  EXPECT_TRUE(settings_of("{name: a, expect: {answer: {count: 0}}}").may_be_empty);
  EXPECT_FALSE(settings_of("{name: a, expect: {request: {less_than: 1s}}}").may_be_empty);
  EXPECT_EQ(settings_of("{name: a, expect: {rcode: [NOERROR, nxdomain]}}").expect.size(), 1u);
}

TEST(DnsSettings, NameServersOfAZoneAreNotAskedToRecurse) {
  const Settings zone = settings_of("{name: a.test, each_server: true, server: 127.0.0.1}");
  EXPECT_TRUE(zone.of_zone);
  EXPECT_FALSE(zone.query.recursion);
  const Settings listed = settings_of(
      "{name: a.test, each_server: true, servers: [127.0.0.1, 127.0.0.2], serial_lag: 3}");
  EXPECT_FALSE(listed.of_zone);
  EXPECT_TRUE(listed.query.recursion);
  EXPECT_EQ(listed.serial_lag, 3u);
}

TEST(DnsSettings, MistakesAreToldWhereTheyStand) {
  EXPECT_THAT(problems_of("{}"), HasSubstr("needs the key \"name\""));
  EXPECT_THAT(problems_of("{name: a..b}"), HasSubstr("a label of the name is empty"));
  EXPECT_THAT(problems_of("{name: a, type: MXX}"),
              HasSubstr("a.yaml:1:17: \"type\" must be one like"));
  EXPECT_THAT(problems_of("{name: a, type: AXFR}"), HasSubstr("AXFR"));
  EXPECT_THAT(problems_of("{name: a, edns: 100}"), HasSubstr("512 to 65535"));
  EXPECT_THAT(problems_of("{name: a, edns: none, dnssec: {ok: true}}"), HasSubstr("EDNS"));
  EXPECT_THAT(problems_of("{name: a, server: a, servers: [b]}"), HasSubstr("exclude each other"));
  EXPECT_THAT(problems_of("{name: a, servers: []}"), HasSubstr("is empty"));
  EXPECT_THAT(problems_of("{name: a, server: 'x y'}"), HasSubstr("names no server"));
  EXPECT_THAT(problems_of("{name: a, tls: {verify: false}}"), HasSubstr("transport: tls"));
  EXPECT_THAT(problems_of("{name: a, serial_lag: 1}"), HasSubstr("each_server"));
  EXPECT_THAT(problems_of("{name: a, expect: {rcode: NXDOMIAN}}"), HasSubstr("no response code"));
  EXPECT_THAT(problems_of("{name: a, expect: {rcod: NOERROR}}"), HasSubstr("rcode"));
  EXPECT_THAT(problems_of("{name: a, nmae: b}"), HasSubstr("did you mean"));
}

}  // namespace
}  // namespace vedette::dns
