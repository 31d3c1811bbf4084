// SPDX-License-Identifier: Apache-2.0
#include "probes/smtp/run.h"

#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/mail/run.h"
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

// What the commands of one session brought to light.
struct Found {
  std::vector<Observation> observations;
  std::optional<std::string> unmet;  // the sentence about the first reply that was not as wanted
  std::optional<SmtpReply> refused;  // that reply

  void note(std::string expectation, std::string saw, const SmtpReply& reply, bool ok) {
    if (!ok && !unmet) {
      unmet = "command: " + saw;
      refused = reply;
    }
    observations.push_back({std::move(expectation), std::move(saw), ok});
  }
};

Awaitable<Expected<void>> ask_recipients(const Settings& settings, SmtpSession& session,
                                         Found& found, Deadline deadline) {
  const auto sender = co_await session.mail_from(*settings.mail_from, deadline);
  if (!sender) co_return std::unexpected(sender.error());
  found.note("mail_from: accepted", answer("the sender", *sender), *sender, sender->positive());
  if (!sender->positive()) co_return Expected<void>{};
  for (const Recipient& recipient : settings.recipients) {
    const auto reply = co_await session.rcpt_to(recipient.address, deadline);
    if (!reply) co_return std::unexpected(reply.error());
    const auto words = wanted_words[static_cast<std::size_t>(recipient.wanted)];
    const bool ok = is_as_wanted(recipient.wanted, *reply);
    std::string saw = answer("the recipient " + recipient.address, *reply);
    if (!ok) saw += fmt::format(", expected it {}", words);
    found.note(fmt::format("rcpt {}: {}", recipient.address, words), std::move(saw), *reply, ok);
  }
  const auto reset = co_await session.reset(deadline);
  if (!reset) co_return std::unexpected(reset.error());
  co_return Expected<void>{};
}

Awaitable<Expected<void>> ask_relay(OpenRelay relay, SmtpSession& session, Found& found,
                                    Deadline deadline) {
  auto reply = co_await session.mail_from(relay.from, deadline);
  if (reply && reply->positive()) reply = co_await session.rcpt_to(relay.to, deadline);
  if (!reply) co_return std::unexpected(reply.error());
  const bool open = reply->positive();
  found.note("open_relay: refused",
             open ? fmt::format("the server takes mail from anybody to anybody: {}",
                                printable(reply->words()))
                  : answer("mail from outside to outside", *reply),
             *reply, !open);
  const auto reset = co_await session.reset(deadline);
  if (!reset) co_return std::unexpected(reset.error());
  co_return Expected<void>{};
}

Awaitable<Expected<void>> converse(const Settings& settings, SmtpSession& session, Found& found,
                                   Deadline deadline) {
  auto done = co_await session.open(deadline);
  if (done && settings.access.credentials) {
    done = co_await session.sign_in(*settings.access.credentials, deadline);
  }
  if (!done) co_return done;
  session.enter("command");
  if (settings.mail_from) done = co_await ask_recipients(settings, session, found, deadline);
  if (done && settings.open_relay)
    done = co_await ask_relay(*settings.open_relay, session, found, deadline);
  if (!done) co_return done;
  const auto heard = co_await session.quit(deadline);
  co_return mail::goodbye(heard);
}

void add_reply(const SmtpReply& reply, Result& result) {
  result.facts.push_back({"smtp_code", std::int64_t{reply.code}});
  if (!reply.enhanced.empty()) result.facts.push_back({"smtp_enhanced_code", reply.enhanced});
  if (reply.positive()) return;
  result.facts.push_back({"refusal", std::string(reply.temporary() ? "temporary" : "permanent")});
}

mail::Told tell(const SmtpSession& session, const Found& found, Result& result) {
  mail::Told told;
  told.unmet = found.unmet;
  result.evidence = found.observations;
  const std::optional<SmtpReply>& reply = found.refused ? found.refused : session.last_reply();
  if (reply) add_reply(*reply, result);
  result.gauges.push_back(reply ? reply->code : 0);
  const auto limit = session.size_limit();
  result.gauges.push_back(limit ? static_cast<double>(*limit) : not_seen);
  if (!limit) return told;
  result.facts.push_back({"size_limit", static_cast<std::int64_t>(*limit)});
  told.observed.set(0, static_cast<double>(*limit));
  return told;
}

}  // namespace

Awaitable<Result> run(const Settings& settings, net::Toolbox& net, Deadline deadline) {
  const mail::Conversation<SmtpSession, Found, Settings> talk{converse, tell, own_subjects.size()};
  return mail::run(talk, settings, net, deadline);
}

}  // namespace vedette::smtp
