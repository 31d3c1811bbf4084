// SPDX-License-Identifier: Apache-2.0
// Real servers of protocols that go over to TLS, as ordinary child processes on loopback ports:
// just enough of each to shake hands.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/process.h"
#include "tests/support/temp_dir.h"
#include "tests/support/tls_files.h"

namespace vedette::test {

// One of OpenLDAP's slapd, Prosody (xmpp), vsftpd (ftp) and PostgreSQL. Each shows the identity
// "good" of `tls`.
class StartTlsServer {
 public:
  enum class Kind { ldap, xmpp, ftp, postgres };

  // False when the machine does not have the program; such a test should say so with GTEST_SKIP.
  static bool installed(Kind kind);

  // Returns once it takes connections; throws std::runtime_error with its own words if it does not.
  StartTlsServer(Kind kind, const TlsFiles& tls);

  std::uint16_t port() const { return port_; }

 private:
  std::vector<std::string> command(Kind kind, const TlsFiles& tls) const;

  TempDir directory_;
  std::uint16_t port_;
  std::optional<Process> process_;
};

}  // namespace vedette::test
