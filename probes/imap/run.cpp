// SPDX-License-Identifier: Apache-2.0
#include "probes/imap/run.h"

#include "probes/imap/subjects.h"
#include "probes/mail/imap_session.h"
#include "probes/mail/run.h"

namespace vedette::imap {
namespace {

using mail::Expected;
using mail::ImapMailboxStatus;
using mail::ImapSession;

// STATUS counts, EXAMINE proves that the mailbox can be opened; neither marks anything as read.
Awaitable<Expected<void>> look(ImapSession& session, std::string mailbox,
                               std::optional<ImapMailboxStatus>& status, Deadline deadline) {
  auto told = co_await session.status(mailbox, deadline);
  if (!told) co_return std::unexpected(told.error());
  status = *std::move(told);
  const auto opened = co_await session.examine(mailbox, deadline);
  if (!opened) co_return std::unexpected(opened.error());
  co_return Expected<void>{};
}

Awaitable<Expected<void>> converse(const Settings& settings, ImapSession& session,
                                   std::optional<ImapMailboxStatus>& status, Deadline deadline) {
  auto done = co_await session.open(deadline);
  if (done && settings.access.credentials) {
    done = co_await session.sign_in(*settings.access.credentials, deadline);
    if (!done) co_return done;
    session.enter("command");
    done = co_await look(session, settings.mailbox, status, deadline);
  }
  if (!done) co_return done;
  session.enter("command");
  const auto heard = co_await session.logout(deadline);
  co_return mail::goodbye(heard);
}

// In the order of own_subjects and own_gauges.
std::array<std::optional<std::uint32_t>, 4> numbers_of(
    const std::optional<ImapMailboxStatus>& status) {
  if (!status) return {};
  return {status->messages, status->unseen, status->uidnext, status->uidvalidity};
}

mail::Told tell(const ImapSession&, const std::optional<ImapMailboxStatus>& status,
                Result& result) {
  mail::Told told;
  const auto numbers = numbers_of(status);
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    result.gauges.push_back(numbers[i] ? *numbers[i] : not_seen);
    if (!numbers[i]) continue;
    told.observed.set(i, static_cast<double>(*numbers[i]));
    result.facts.push_back({std::string(own_subjects[i].key), std::int64_t{*numbers[i]}});
  }
  return told;
}

}  // namespace

Awaitable<Result> run(const Settings& settings, net::Toolbox& net, Deadline deadline) {
  const mail::Conversation<ImapSession, std::optional<ImapMailboxStatus>, Settings> talk{
      converse, tell, own_subjects.size()};
  return mail::run(talk, settings, net, deadline);
}

}  // namespace vedette::imap
