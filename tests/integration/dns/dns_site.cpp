// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/dns/dns_site.h"

#include <filesystem>
#include <fstream>

#include <fmt/format.h>

namespace vedette::test {
namespace {

std::string big_text() {
  std::string records;
  for (int i = 0; i < 15; ++i) {
    records += fmt::format("big TXT \"{}{}\"\n", i, std::string(200, 'x'));
  }
  return records;
}

std::string shop_records() {
  return R"(
@ SOA ns hostmaster 2026112501 7200 900 1209600 300
@ NS ns
ns A 127.0.0.1
www 60 CNAME host
host 60 A 192.0.2.1
host 120 A 192.0.2.2
@ MX 10 mail
@ MX 20 backup.mail.test.
mail A 192.0.2.25
@ TXT "v=spf1 -all"
@ CAA 0 issue "letsencrypt.org"
@ HTTPS 1 . alpn=h2,h3
odd TYPE65280 \# 4 0A000001
empty.nothing A 192.0.2.9
)" + big_text();
}

std::string small_zone(int serial, std::string_view address = "192.0.2.1") {
  return fmt::format(
      "@ SOA ns1 hostmaster {} 7200 900 1209600 300\n@ NS ns1\n@ NS ns2\n"
      "ns1 A 127.0.0.2\nns2 A 127.0.0.3\nwww A {}\n",
      serial, address);
}

std::string silent_zone() {
  std::string records = small_zone(10);
  records.replace(records.find("127.0.0.3"), 9, "127.0.0.4");
  return records;
}

std::vector<KnotZone> first_zones() {
  return {{.name = "cluster.test", .records = small_zone(10)},
          {.name = "lag.test", .records = small_zone(10)},
          {.name = "differ.test", .records = small_zone(10)},
          {.name = "lame.test", .records = small_zone(10)},
          {.name = "silent.test", .records = silent_zone()}};
}

std::vector<KnotZone> second_zones() {
  return {{.name = "cluster.test", .records = small_zone(10)},
          {.name = "lag.test", .records = small_zone(8)},
          {.name = "differ.test", .records = small_zone(10, "192.0.2.66")}};
}

// What Knot signed, with one address changed afterwards.
KnotZone tampered(const Knot& signer) {
  std::string records = signer.signed_file("broken.test");
  records.replace(records.find("192.0.2.1"), 9, "192.0.2.6");
  return {.name = "broken.test", .records = records};
}

std::vector<UnboundOptions::Zone> known_zones(const Knot& signer, const Knot& broken,
                                              const Knot& cluster) {
  std::vector<UnboundOptions::Zone> zones;
  for (const char* name : {"shop.test", "short.test"}) {
    zones.push_back({name, signer.authority(), signer.trust_anchor(name)});
  }
  zones.push_back({"broken.test", broken.authority(), signer.trust_anchor("broken.test")});
  for (const KnotZone& zone : first_zones()) zones.push_back({zone.name, cluster.authority()});
  return zones;
}

}  // namespace

std::filesystem::path DnsSite::folder(const char* name) const {
  const auto path = directory_ / name;
  std::filesystem::create_directory(path);
  return path;
}

DnsSite::DnsSite() : tls_(folder("tls")) {}

Knot& DnsSite::knot() {
  if (!knot_) {
    knot_ = std::make_unique<Knot>(
        folder("knot"),
        std::vector<KnotZone>{
            {.name = "shop.test", .records = shop_records(), .sign = true},
            {.name = "short.test", .records = small_zone(10), .sign = true, .signatures_days = 2},
            {.name = "broken.test", .records = small_zone(10), .sign = true}});
  }
  return *knot_;
}

void DnsSite::start_cluster() {
  if (first_) return;
  first_ = std::make_unique<Knot>(folder("first"), first_zones(),
                                  KnotOptions{.addresses = {"127.0.0.2"}});
  second_ = std::make_unique<Knot>(folder("second"), second_zones(),
                                   KnotOptions{.addresses = {"127.0.0.3"}, .port = first_->port()});
}

std::uint16_t DnsSite::cluster_port() {
  start_cluster();
  return first_->port();
}

const Unbound& DnsSite::resolver() {
  if (!resolver_) {
    start_cluster();
    broken_ = std::make_unique<Knot>(folder("broken"), std::vector{tampered(knot())});
    resolver_ = std::make_unique<Unbound>(
        folder("resolver"), UnboundOptions{.zones = known_zones(knot(), *broken_, *first_),
                                           .tls_chain = tls_.chain("good"),
                                           .tls_key = tls_.key("good")});
  }
  return *resolver_;
}

DnsSite& dns_site() {
  static DnsSite site;
  return site;
}

Result DnsProbeTest::run(const std::string& name, const std::string& more, Duration timeout) {
  return run(ProbeCheck("dns", fmt::format("name: \"{}\"\n{}\n", name, more)), timeout);
}

void DnsSiteTest::SetUp() {
  if (!DnsSite::installed()) {
    GTEST_SKIP() << "this machine has no Knot DNS or no Unbound";
  }
  toolbox_settings().ca_file = site().tls().root();
}

std::string DnsSiteTest::at_knot(const std::string& more) {
  return fmt::format("server: {}\n{}", site().knot().authority(), more);
}

std::string DnsSiteTest::at_resolver(const std::string& more) {
  return fmt::format("server: {}\n{}", site().resolver().authority(), more);
}

double gauge(const Result& result, std::string_view name, std::string_view value) {
  return gauge_of("dns", result, name, value);
}

}  // namespace vedette::test
