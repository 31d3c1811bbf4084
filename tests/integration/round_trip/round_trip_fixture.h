// SPDX-License-Identifier: Apache-2.0
// Round trips through real Postfix and Dovecot, or through a relay that does what the test wants.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "tests/support/postfix.h"
#include "tests/support/probe/probe_fixture.h"
#include "tests/support/smtp_relay.h"

namespace vedette::test {

class RoundTripTest : public ProbeTest {
 protected:
  RoundTripTest();
  void SetUp() override;
  // No test leaves anything in the mailboxes.
  void TearDown() override;

  DovecotServer& dovecot() { return *dovecot_; }
  PostfixServer& postfix() { return *postfix_; }

  // A section that sends over Postfix to LOCAL@shop.test and looks into alice's mailbox.
  std::string section(const std::string& to, const std::string& more = {}) const;
  // One that sends over a relay, without TLS.
  std::string relayed(const SmtpRelay& relay, const std::string& more = {}) const;

  Result run(const std::string& yaml, Duration timeout = 20s, std::string memory = {});
  // The same check several times at once.
  std::vector<Result> run_at_once(const std::string& yaml, std::size_t count);

  // Alice with a mail program of her own.
  void mark_all_deleted();
  void empty_inbox();
  std::size_t inbox() const { return dovecot_->messages("alice"); }
  std::size_t junk() const { return dovecot_->messages("alice", "Junk"); }

 private:
  Awaitable<void> store_deleted(bool remove);

  TempDir directory_;
  std::unique_ptr<TlsFiles> tls_;
  std::unique_ptr<DovecotServer> dovecot_;
  std::unique_ptr<PostfixServer> postfix_;
};

double gauge(const Result& result, std::string_view name);

MATCHER_P(DegradesWith, reason, std::string(text(reason))) {
  return arg.outcome == Outcome::degraded && arg.reason == reason && !arg.message.empty();
}

}  // namespace vedette::test
