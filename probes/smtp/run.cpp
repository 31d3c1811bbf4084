// SPDX-License-Identifier: Apache-2.0
#include "probes/smtp/run.h"

#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/mail/each_family.h"
#include "probes/mail/report.h"
#include "probes/mail/smtp_session.h"
#include "probes/smtp/subjects.h"

namespace vedette::smtp {
namespace {

using mail::Expected;
using mail::SmtpReply;
using mail::SmtpSession;

constexpr std::array<std::string_view, 3> wanted_words{"accepted", "refused", "refused for now"};

bool is_as_wanted(Wanted wanted, const SmtpReply& reply) {
  switch (wanted) {
    case Wanted::accepted:
      return reply.positive();
    case Wanted::refused:
      return reply.permanent();
    case Wanted::deferred:
      return reply.temporary();
  }
  return false;
}

std::string answer(std::string_view what, const SmtpReply& reply) {
  if (!reply.positive()) return mail::refusal(what, reply);
  return fmt::format("the server accepted {}: {}", what, printable(reply.words()));
}

// What the commands of one session found.
class Dialogue {
 public:
  Dialogue(SmtpSession& session, Deadline deadline) : session_(session), deadline_(deadline) {}

  Awaitable<Expected<void>> ask_recipients(const Settings& settings);
  Awaitable<Expected<void>> ask_relay(OpenRelay relay);

  const std::vector<Observation>& observations() const { return observations_; }
  // The first reply that was not as wanted, and the sentence about it.
  const std::optional<std::string>& unmet() const { return unmet_; }
  std::optional<SmtpReply> refused;

 private:
  void note(std::string expectation, std::string saw, const SmtpReply& reply, bool ok);

  SmtpSession& session_;
  Deadline deadline_;
  std::vector<Observation> observations_;
  std::optional<std::string> unmet_;
};

void Dialogue::note(std::string expectation, std::string saw, const SmtpReply& reply, bool ok) {
  if (!ok && !unmet_) {
    unmet_ = saw;
    refused = reply;
  }
  observations_.push_back({std::move(expectation), std::move(saw), ok});
}

Awaitable<Expected<void>> Dialogue::ask_recipients(const Settings& settings) {
  const auto sender = co_await session_.mail_from(*settings.mail_from, deadline_);
  if (!sender) co_return std::unexpected(sender.error());
  note("mail_from: accepted", answer("the sender", *sender), *sender, sender->positive());
  if (!sender->positive()) co_return Expected<void>{};
  for (const Recipient& recipient : settings.recipients) {
    const auto reply = co_await session_.rcpt_to(recipient.address, deadline_);
    if (!reply) co_return std::unexpected(reply.error());
    const auto words = wanted_words[static_cast<std::size_t>(recipient.wanted)];
    const bool ok = is_as_wanted(recipient.wanted, *reply);
    std::string saw = answer("the recipient " + recipient.address, *reply);
    if (!ok) saw += fmt::format(", expected it {}", words);
    note(fmt::format("rcpt {}: {}", recipient.address, words), std::move(saw), *reply, ok);
  }
  const auto reset = co_await session_.reset(deadline_);
  if (!reset) co_return std::unexpected(reset.error());
  co_return Expected<void>{};
}

Awaitable<Expected<void>> Dialogue::ask_relay(OpenRelay relay) {
  auto reply = co_await session_.mail_from(relay.from, deadline_);
  if (reply && reply->positive()) reply = co_await session_.rcpt_to(relay.to, deadline_);
  if (!reply) co_return std::unexpected(reply.error());
  const bool open = reply->positive();
  note("open_relay: refused",
       open ? fmt::format("the server takes mail from anybody to anybody: {}",
                          printable(reply->words()))
            : answer("mail from outside to outside", *reply),
       *reply, !open);
  const auto reset = co_await session_.reset(deadline_);
  if (!reset) co_return std::unexpected(reset.error());
  co_return Expected<void>{};
}

Awaitable<Expected<void>> converse(const Settings& settings, SmtpSession& session,
                                   Dialogue& dialogue, Deadline deadline) {
  auto done = co_await session.open(deadline);
  if (done && settings.access.credentials) {
    done = co_await session.sign_in(*settings.access.credentials, deadline);
  }
  if (!done) co_return done;
  session.enter("command");
  if (settings.mail_from) done = co_await dialogue.ask_recipients(settings);
  if (done && settings.open_relay) done = co_await dialogue.ask_relay(*settings.open_relay);
  if (!done) co_return done;
  const auto heard = co_await session.quit(deadline);
  co_return mail::goodbye(heard);
}

void add_reply(const SmtpSession& session, const std::optional<SmtpReply>& refused,
               Result& result) {
  const std::optional<SmtpReply>& reply = refused ? refused : session.last_reply();
  if (reply) {
    result.facts.push_back({"smtp_code", std::int64_t{reply->code}});
    if (!reply->enhanced.empty()) result.facts.push_back({"smtp_enhanced_code", reply->enhanced});
    if (!reply->positive()) {
      result.facts.push_back(
          {"refusal", std::string(reply->temporary() ? "temporary" : "permanent")});
    }
  }
  const auto limit = session.size_limit();
  if (limit) result.facts.push_back({"size_limit", static_cast<std::int64_t>(*limit)});
  result.gauges.push_back(reply ? reply->code : 0);
  result.gauges.push_back(limit ? static_cast<double>(*limit) : not_seen);
}

Awaitable<Result> ask(const Settings& settings, net::Toolbox& net, const mail::Server& server,
                      Deadline deadline) {
  SmtpSession session(net, server, settings.mask);
  Dialogue dialogue(session, deadline);
  const auto done = co_await converse(settings, session, dialogue, deadline);
  session.close();
  Result result = mail::report(session);
  add_reply(session, dialogue.refused, result);
  result.evidence = dialogue.observations();
  expect::Observed observed;
  if (session.size_limit()) observed.set(0, static_cast<double>(*session.size_limit()));
  mail::settle(session, done, settings.expectations, observed, own_subjects.size(), settings.mask,
               result);
  if (done && dialogue.unmet()) {
    peer::fail(result, {Reason::expectation_failed, "command: " + *dialogue.unmet()});
  }
  mail::close_report(session, settings.mask, result);
  co_return result;
}

}  // namespace

Awaitable<Result> run(const Settings& settings, net::Toolbox& net, Deadline deadline) {
  return mail::each_family(settings.access.servers, deadline,
                           [&](const mail::Server& server, Deadline share) {
                             return ask(settings, net, server, share);
                           });
}

}  // namespace vedette::smtp
