// SPDX-License-Identifier: Apache-2.0
// Metrics under blackbox_exporter's names, facts for people, and the registry's row.
#include "probes/http/series.h"

#include <set>

#include "probes/http/facts.h"
#include "probes/registry/registry.h"
#include "tests/unit/probes/http/fake_client.h"

namespace vedette::http {
namespace {

using namespace std::chrono_literals;

double value(const net::HttpExchange& exchange, std::string_view name,
             std::string_view label = {}) {
  const auto values = gauge_values(exchange);
  EXPECT_EQ(values.size(), gauges.size());
  for (std::size_t i = 0; i < gauges.size(); ++i) {
    if (gauges[i].name == name && gauges[i].value == label) return values[i];
  }
  ADD_FAILURE() << "no gauge " << name;
  return 0;
}

net::HttpExchange secure_page() {
  net::Certificate leaf;
  leaf.subject = "CN=a \"quoted\\\" name";
  leaf.issuer = "CN=issuer\nline";
  leaf.names = {"shop.test", "192.0.2.1"};
  leaf.serial = "0ABC";
  leaf.sha256 = "ff00";
  leaf.not_before = Instant(1s);
  leaf.not_after = Instant(2000s);
  net::Certificate issuer;
  issuer.subject = "CN=issuer";
  issuer.issuer = "CN=root";
  issuer.not_after = Instant(1500s);
  net::HttpExchange exchange = test::page();
  exchange.version = "2";
  exchange.tls = net::TlsFacts{.version = "TLS 1.3",
                               .cipher = "TLS_AES_128_GCM_SHA256",
                               .chain = std::make_shared<const std::vector<net::Certificate>>(
                                   std::vector<net::Certificate>{leaf, issuer}),
                               .earliest_expiry = Instant(1500s + 900ms),
                               .last_chain_expiry = Instant(1800s),
                               .verification = std::nullopt};
  return exchange;
}

TEST(HttpSeries, CarryTheExchangesValues) {
  const net::HttpExchange exchange = test::page();
  EXPECT_DOUBLE_EQ(value(exchange, "probe_dns_lookup_time_seconds"), 0.001);
  EXPECT_DOUBLE_EQ(value(exchange, "probe_http_duration_seconds", "resolve"), 0.001);
  EXPECT_DOUBLE_EQ(value(exchange, "probe_http_duration_seconds", "connect"), 0.002);
  EXPECT_DOUBLE_EQ(value(exchange, "probe_http_duration_seconds", "tls"), 0);
  EXPECT_DOUBLE_EQ(value(exchange, "probe_http_duration_seconds", "processing"), 0.004);
  EXPECT_DOUBLE_EQ(value(exchange, "probe_http_duration_seconds", "transfer"), 0.005);
  EXPECT_EQ(value(exchange, "probe_ip_protocol"), 4);
  EXPECT_EQ(value(exchange, "probe_http_status_code"), 200);
  EXPECT_EQ(value(exchange, "probe_http_version"), 1.1);
  EXPECT_EQ(value(exchange, "probe_http_redirects"), 0);
  EXPECT_EQ(value(exchange, "probe_http_ssl"), 0);
  EXPECT_EQ(value(exchange, "probe_http_content_length"), 5);
  EXPECT_EQ(value(exchange, "probe_http_uncompressed_body_length"), 5);
  EXPECT_TRUE(std::isnan(value(exchange, "probe_ssl_earliest_cert_expiry")));
}

TEST(HttpSeries, HashTheAddressAsBlackboxExporterDoes) {
  // FNV-1a of 32 bits over the 4 or 16 bytes of the address.
  net::HttpExchange exchange = test::page();
  exchange.remote_address = "127.0.0.1";
  EXPECT_EQ(value(exchange, "probe_ip_addr_hash"), 3668918509);
  exchange.remote_address = "::1";
  EXPECT_EQ(value(exchange, "probe_ip_addr_hash"), 1751717746);
  EXPECT_EQ(value(exchange, "probe_ip_protocol"), 6);
}

TEST(HttpSeries, AnUntoldOrBadLengthIsMinusOne) {
  net::HttpExchange exchange = test::page();
  exchange.headers = {};
  EXPECT_EQ(value(exchange, "probe_http_content_length"), -1);
  exchange.headers = {{"content-length", "5x"}};
  EXPECT_EQ(value(exchange, "probe_http_content_length"), -1);
}

TEST(HttpSeries, WithoutAnAnswerOnlyTheStatusIsZero) {
  const net::HttpExchange exchange = test::broken(Reason::connect_refused, "refused");
  EXPECT_EQ(value(exchange, "probe_http_status_code"), 0);
  for (const char* name : {"probe_http_version", "probe_http_ssl", "probe_http_content_length",
                           "probe_ip_protocol", "probe_http_redirects"}) {
    EXPECT_TRUE(std::isnan(value(exchange, name))) << name;
  }
}

TEST(HttpSeries, TellOfTheCertificate) {
  const net::HttpExchange exchange = secure_page();
  EXPECT_EQ(value(exchange, "probe_http_ssl"), 1);
  EXPECT_EQ(value(exchange, "probe_http_version"), 2);
  EXPECT_EQ(value(exchange, "probe_ssl_earliest_cert_expiry"), 1500);
  EXPECT_EQ(value(exchange, "probe_ssl_last_chain_expiry_timestamp_seconds"), 1800);
}

TEST(HttpSeries, EscapeLabelsForTheExposition) {
  const auto labels = peer::tls_info_labels(secure_page().tls);
  ASSERT_EQ(labels.size(), peer::tls_infos.size());
  EXPECT_EQ(labels[0], R"(version="TLS 1.3")");
  EXPECT_EQ(labels[1], R"(cipher="TLS_AES_128_GCM_SHA256")");
  EXPECT_EQ(labels[2], R"(fingerprint_sha256="ff00",subject="CN=a \"quoted\\\" name",)"
                       R"(issuer="CN=issuer\\nline",subjectalternative="shop.test,192.0.2.1",)"
                       R"(serialnumber="0abc")");
  EXPECT_TRUE(peer::tls_info_labels(test::page().tls).empty());
}

TEST(HttpSeries, EntriesOfOneNameStandTogetherAndDifferInTheirLabel) {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  std::set<std::string_view> closed;
  for (std::size_t i = 0; i < gauges.size(); ++i) {
    EXPECT_TRUE(seen.insert({gauges[i].name, gauges[i].value}).second);
    if (i > 0 && gauges[i - 1].name != gauges[i].name) closed.insert(gauges[i - 1].name);
    EXPECT_FALSE(closed.contains(gauges[i].name)) << gauges[i].name;
  }
}

TEST(HttpFacts, TellOfTheWholeChain) {
  const auto facts = facts_of(secure_page());
  std::vector<std::string> names;
  for (const Fact& fact : facts) names.push_back(fact.name);
  EXPECT_EQ(names,
            (std::vector<std::string>{
                "status", "version", "final_url", "redirects", "remote_address", "body_bytes",
                "certificate_subject", "certificate_issuer", "certificate_names",
                "certificate_serial", "certificate_sha256", "certificate_not_before",
                "certificate_not_after", "certificate_chain", "tls_version", "tls_cipher"}));
  EXPECT_EQ(std::get<std::vector<std::string>>(facts[13].value)[1],
            "CN=issuer, issued by CN=root, until 1970-01-01T00:25:00.000Z");
}

TEST(HttpFacts, AreBoundedWhateverTheCertificateHolds) {
  net::HttpExchange exchange = secure_page();
  net::Certificate many = exchange.tls->chain->front();
  many.names.assign(5000, "x.test");
  exchange.tls->chain = std::make_shared<const std::vector<net::Certificate>>(100, many);
  const auto facts = facts_of(exchange);
  const auto& names = std::get<std::vector<std::string>>(facts[8].value);
  EXPECT_EQ(names.size(), 51u);
  EXPECT_EQ(names.back(), "and 4950 more");
  EXPECT_EQ(std::get<std::vector<std::string>>(facts[13].value).size(), 10u);
}

TEST(Registry, KnowsHttpAndNothingElseByThatName) {
  const ProbeType* type = find_probe_type("http");
  ASSERT_NE(type, nullptr);
  EXPECT_EQ(type->gauges.size(), gauges.size());
  EXPECT_EQ(type->infos.size(), peer::tls_infos.size());
  EXPECT_EQ(find_probe_type("HTTP"), nullptr);
  EXPECT_EQ(find_probe_type(""), nullptr);
}

TEST(Registry, ParsesAProbeOrTellsWhyNot) {
  config::Problems problems;
  const auto good = config::parse("url: http://shop.test/", "t.yaml", problems);
  EXPECT_NE(find_probe_type("http")->parse(*good, problems), nullptr);
  EXPECT_TRUE(problems.empty());
  const auto bad = config::parse("url: http://shop.test/\nip: 9", "t.yaml", problems);
  EXPECT_EQ(find_probe_type("http")->parse(*bad, problems), nullptr);
  EXPECT_FALSE(problems.empty());
}

}  // namespace
}  // namespace vedette::http
