// SPDX-License-Identifier: Apache-2.0
// The probes `smtp`, `imap` and `pop3` as an engineer writes them, against the real servers.
#pragma once

#include <string>

#include <fmt/format.h>

#include "tests/support/mail_site.h"
#include "tests/support/probe/probe_fixture.h"

namespace vedette::test {

class MailProbeTest : public ProbeTest {
 protected:
  void SetUp() override {
    if (!MailSite::installed()) GTEST_SKIP() << "needs Postfix, Dovecot 2.3 and root";
    site().dovecot.clear();
    toolbox_settings().ca_file = site().tls.root();
  }
  static MailSite& site() { return mail_site(); }

  Result run_at(std::string_view type, std::uint16_t port, const std::string& more = {},
                Duration timeout = 10s) {
    const ProbeCheck check(type, fmt::format("server: localhost:{}\n{}\n", port, more));
    return run(check, timeout);
  }
  static std::string auth(const std::string& user, const std::string& more = {}) {
    return fmt::format("auth: {{username: {}, password: {}{}}}\n", DovecotServer::address_of(user),
                       DovecotServer::password_of(user), more);
  }
};

// "expectation: saw" of the first observation that was not met; empty when all were.
inline std::string first_unmet(const Result& result) {
  for (const Observation& each : result.evidence) {
    if (!each.ok) return each.expectation + ": " + each.saw;
  }
  return {};
}

// The names of the phases, in their order.
inline std::string phase_names(const Result& result) {
  std::string out;
  for (const Phase& each : result.phases) out += std::string(each.name) + " ";
  return out;
}

}  // namespace vedette::test
