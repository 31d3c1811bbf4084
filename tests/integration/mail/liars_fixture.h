// SPDX-License-Identifier: Apache-2.0
// Mail servers that misbehave by a script, and the probe that meets them.
#pragma once

#include <string>

#include <fmt/format.h>

#include "tests/support/probe/probe_fixture.h"
#include "tests/support/scripted_server.h"
#include "tests/support/temp_dir.h"

namespace vedette::test {

inline constexpr Duration short_time = 300ms;

// With a private root alone: reading the system's roots takes a while under sanitizers.
class MailLiarsTest : public ProbeTest {
 protected:
  MailLiarsTest() { toolbox_settings().ca_file = tls_.root(); }

  Result run_against(std::string_view type, const Script& script, const std::string& more = {},
                     Duration timeout = short_time) {
    const ScriptedServer server(script);
    const ProbeCheck check(type,
                           fmt::format("server: localhost:{}\nip: 4\n{}\n", server.port(), more));
    Result result = run(check, timeout);
    heard_ = server.requests();
    return result;
  }
  Identity identity() const { return tls_.identity("good"); }
  // The lines that the server heard in the last run.
  const std::vector<std::string>& heard() const { return heard_; }

  static constexpr const char* signed_in =
      "encryption: none\nauth: {username: user, password: hunter22, mechanism: MECHANISM, "
      "allow_plaintext: true}\n";
  static std::string by(std::string_view mechanism) {
    std::string out = signed_in;
    return out.replace(out.find("MECHANISM"), 9, mechanism);
  }

 private:
  TempDir directory_;
  TlsFiles tls_{directory_ / "tls"};
  std::vector<std::string> heard_;
};

}  // namespace vedette::test
