// SPDX-License-Identifier: Apache-2.0
#include "tests/integration/round_trip/round_trip_fixture.h"

#include <fmt/format.h>

#include "probes/mail/imap_session.h"
#include "probes/task_group.h"
#include "tests/support/run_coroutine.h"

namespace vedette::test {
namespace {

PostfixOptions postfix_options() {
  return {.recipients = {{"signed",
                          "PREPEND Authentication-Results: mail.shop.test; spf=pass; dkim=fail"},
                         {"lost", "DUNNO"}},
          .aliases = {{"twice", "alice@shop.test, alice+INBOX@shop.test"},
                      {"signed", "alice@shop.test"}},
          .extra =
              "transport_maps = inline:{lost@shop.test=discard:}\n"
              "header_checks = regexp:{{/^Subject: (Tagged.*)/ REPLACE Subject: [EXTERNAL] "
              "$$1}}\n"};
}

}  // namespace

RoundTripTest::RoundTripTest() {
  if (!PostfixServer::installed() || !DovecotServer::installed()) return;
  tls_ = std::make_unique<TlsFiles>(directory_ / "tls");
  dovecot_ = std::make_unique<DovecotServer>(*tls_);
  postfix_ = std::make_unique<PostfixServer>(*tls_, *dovecot_, postfix_options());
  toolbox_settings().ca_file = tls_->root();
}

void RoundTripTest::SetUp() {
  if (!postfix_) GTEST_SKIP() << "needs Postfix, Dovecot 2.3 and root";
}

void RoundTripTest::TearDown() {
  if (!postfix_ || HasFailure()) return;
  EXPECT_EQ(inbox() + junk(), 0u) << "the test left messages behind";
}

std::string RoundTripTest::section(const std::string& to, const std::string& more) const {
  return fmt::format(R"(
submit:
  server: localhost:{}
  auth: {{username: bob@shop.test, password: {}}}
mailbox:
  server: localhost:{}
  auth: {{username: alice@shop.test, password: {}}}
from: bob@shop.test
to: {}@shop.test
{}
)",
                     postfix_->submission(), DovecotServer::password_of("bob"), dovecot_->imap(),
                     DovecotServer::password_of("alice"), to, more);
}

std::string RoundTripTest::relayed(const SmtpRelay& relay, const std::string& more) const {
  return fmt::format(R"(
submit: {{server: "127.0.0.1:{}", encryption: none}}
mailbox:
  server: localhost:{}
  auth: {{username: alice@shop.test, password: {}}}
from: bob@shop.test
to: alice@shop.test
{}
)",
                     relay.port(), dovecot_->imap(), DovecotServer::password_of("alice"), more);
}

Result RoundTripTest::run(const std::string& yaml, Duration timeout, std::string memory) {
  return ProbeTest::run(ProbeCheck("mail_round_trip", yaml), timeout, std::move(memory));
}

namespace {

Awaitable<void> run_into(const Probe& check, RunInput input, Result& out) {
  out = co_await check.run(std::move(input));
}

}  // namespace

std::vector<Result> RoundTripTest::run_at_once(const std::string& yaml, std::size_t count) {
  const ProbeCheck check("mail_round_trip", yaml);
  auto& loop = toolbox().loop();
  std::vector<Result> results(count);
  TaskGroup runs(loop.get_executor(),
                 [](std::exception_ptr escaped) { std::rethrow_exception(escaped); });
  for (Result& result : results) {
    RunInput input{toolbox(), Deadline::in(20s), {}};
    runs.spawn(run_into(check.probe(), std::move(input), result));
  }
  loop.restart();
  while (runs.size() > 0 && loop.run_one_for(30s) > 0) {
  }
  return results;
}

Awaitable<void> RoundTripTest::store_deleted(bool remove) {
  const Mask mask;
  mail::Server server;
  server.endpoint = {"localhost", dovecot_->imap(), net::IpFamily::any};
  mail::ImapSession session(toolbox(), server, mask);
  const Deadline soon = Deadline::in(10s);
  const mail::Credentials alice{"alice@shop.test", DovecotServer::password_of("alice")};
  auto done = co_await session.open(soon);
  if (done) done = co_await session.sign_in(alice, soon);
  if (done) co_await session.select("INBOX", soon);
  const auto all = co_await session.search("ALL", soon);
  if (remove) {
    co_await session.remove(all.value(), soon);
  } else {
    co_await session.store(all.value(), "+FLAGS", "\\Deleted", soon);
  }
}

void RoundTripTest::mark_all_deleted() {
  run_coroutine(toolbox().loop(), store_deleted(false));
}

void RoundTripTest::empty_inbox() {
  run_coroutine(toolbox().loop(), store_deleted(true));
}

double gauge(const Result& result, std::string_view name) {
  return gauge_of("mail_round_trip", result, name);
}

}  // namespace vedette::test
