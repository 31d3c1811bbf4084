// SPDX-License-Identifier: Apache-2.0
// The guard over a folder of its own in a real Dovecot, and the second client that is at it.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "tests/support/probe/imap_client.h"
#include "tests/support/probe/probe_fixture.h"

namespace vedette::test {

struct MailboxSite {
  TempDir directory;
  TlsFiles tls{directory / "tls"};
  DovecotServer dovecot{tls};
};

inline MailboxSite& mailbox_site() {
  static MailboxSite site;
  return site;
}

class GuardTest : public ProbeTest {
 protected:
  void SetUp() override {
    if (!DovecotServer::installed()) GTEST_SKIP() << "this machine has no Dovecot 2.3";
    toolbox_settings().ca_file = mailbox_site().tls.root();
    client_ = std::make_unique<ImapClient>(dovecot(), mailbox_site().tls);
    client().command("CREATE", folder());
  }

  DovecotServer& dovecot() { return mailbox_site().dovecot; }
  // Of this test alone.
  static std::string folder() {
    return testing::UnitTest::GetInstance()->current_test_info()->name();
  }
  void deliver(int count, const std::string& headers = {}) {
    for (; count > 0; --count)
      dovecot().deliver("alice", "Subject: news\n" + headers + "\nSomething happened.\n", folder());
  }

  // The section of a guard over the folder.
  std::string section(const std::string& more, const std::string& password = "secret-of-alice") {
    return fmt::format(
        "server: \"localhost:{}\"\nencryption: implicit\nauth: {{username: alice@shop.test, "
        "password: "
        "{}}}\nmailbox: {}\n{}\n",
        dovecot().imaps(), password, folder(), more);
  }
  // One visit, and what it keeps for the next one.
  Result look(const ProbeCheck& guard, std::uint64_t identity = 1) {
    std::string& memory = memories_[identity];
    auto result = run(guard, 10s, memory, identity);
    if (result.memory) memory = *result.memory;
    return result;
  }
  void forget() { memories_.clear(); }

  // The second client.
  ImapClient& client() { return *client_; }
  mail::Uids uids() { return client().uids(folder()); }

 private:
  std::map<std::uint64_t, std::string> memories_;
  std::unique_ptr<ImapClient> client_;
};

}  // namespace vedette::test
