// SPDX-License-Identifier: Apache-2.0
// Real name servers with everything that a DNS check meets, and a validating resolver before them.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "tests/support/knot.h"
#include "tests/support/probe/probe_fixture.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tls_files.h"
#include "tests/support/unbound.h"

namespace vedette::test {

// Zones, all of them known to the resolver:
//   shop.test     signed for 14 days, serial 2026112502: www (CNAME to host), host, MX, TXT, CAA,
//                 HTTPS, a TYPE65280, big (TXT of 3 KB), empty.nothing
//   short.test    signed for 2 days
//   broken.test   signed, then an address was changed
// On 127.0.0.2 and 127.0.0.3, with one port; their NS records name both:
//   cluster.test  the same on both, serial 10
//   lag.test      serial 10 on the first, 8 on the second
//   differ.test   serial 10 on both, but another address on the second
//   lame.test     only on the first
//   silent.test   on the first; its second server is 127.0.0.4, where nobody answers
class DnsSite {
 public:
  DnsSite();

  // Each is started when it is first asked for.
  Knot& knot();
  const Unbound& resolver();
  std::uint16_t cluster_port();
  const TlsFiles& tls() const { return tls_; }

  static bool installed() { return Knot::installed() && Unbound::installed(); }

 private:
  std::filesystem::path folder(const char* name) const;
  void start_cluster();

  TempDir directory_;
  TlsFiles tls_;
  std::unique_ptr<Knot> knot_, broken_, first_, second_;
  std::unique_ptr<Unbound> resolver_;
};

// One for the whole test program, started when first asked for.
DnsSite& dns_site();

class DnsProbeTest : public ProbeTest {
 protected:
  using ProbeTest::run;
  // One run of the section "name: NAME" and `more`.
  Result run(const std::string& name, const std::string& more, Duration timeout = 10s);
};

// Tests that need the servers are skipped on a machine without them, and say so.
class DnsSiteTest : public DnsProbeTest {
 protected:
  void SetUp() override;
  DnsSite& site() { return dns_site(); }
  // "server: ..." of the authoritative server, and of the resolver.
  std::string at_knot(const std::string& more = {});
  std::string at_resolver(const std::string& more = {});
};

double gauge(const Result& result, std::string_view name, std::string_view value = {});

}  // namespace vedette::test
