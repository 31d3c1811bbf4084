// SPDX-License-Identifier: Apache-2.0
// The commands on mailboxes and messages.
#include <algorithm>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "probes/mail/imap_session.h"

namespace vedette::mail {
namespace {

constexpr std::size_t max_uids = 500;  // in one command: lines are limited, often to 8 KiB

// Parts that a command can take.
std::vector<Uids> portions(const Uids& uids) {
  std::vector<Uids> out;
  for (std::size_t i = 0; i < uids.size(); i += max_uids) {
    const auto begin = uids.begin() + static_cast<std::ptrdiff_t>(i);
    const auto left = std::min(max_uids, uids.size() - i);
    out.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(left));
  }
  return out;
}

Uids sorted(Uids uids) {
  std::ranges::sort(uids);
  uids.erase(std::ranges::unique(uids).begin(), uids.end());
  return uids;
}

std::optional<std::uint32_t> number_of(std::string_view text) {
  const auto numbers = parse_search(text);
  return numbers && numbers->size() == 1 ? std::optional(numbers->front()) : std::nullopt;
}

void take_fact(const ImapResponse& response, ImapMailbox& out) {
  if (response.name == "EXISTS") out.messages = response.number.value_or(0);
  if (response.name == "RECENT") out.recent = response.number.value_or(0);
  if (response.code == "UIDNEXT") out.uidnext = number_of(response.code_values);
  if (response.code == "UIDVALIDITY") out.uidvalidity = number_of(response.code_values);
  if (response.code == "PERMANENTFLAGS") {
    out.permanent_flags = parse_flags(response.code_values).value_or(out.permanent_flags);
  }
}

bool is_change(const ImapResponse& response) {
  return response.name == "EXISTS" || response.name == "EXPUNGE" || response.name == "FETCH" ||
         response.name == "VANISHED";
}

}  // namespace

Awaitable<Expected<ImapMailbox>> ImapSession::open_mailbox(std::string command, std::string mailbox,
                                                           Deadline deadline) {
  ImapCommand words(command);
  words.mailbox(mailbox);
  const auto told = co_await run(std::move(words), deadline);
  if (!told) co_return std::unexpected(told.error());
  ImapMailbox out;
  out.name = std::move(mailbox);
  for (const ImapResponse& response : *told) take_fact(response, out);
  out.read_only = last_.code == "READ-ONLY" || command == "EXAMINE";
  co_return out;
}

Awaitable<Expected<ImapMailbox>> ImapSession::select(std::string mailbox, Deadline deadline) {
  return open_mailbox("SELECT", std::move(mailbox), deadline);
}

Awaitable<Expected<ImapMailbox>> ImapSession::examine(std::string mailbox, Deadline deadline) {
  return open_mailbox("EXAMINE", std::move(mailbox), deadline);
}

Awaitable<Expected<ImapMailboxStatus>> ImapSession::status(std::string mailbox, Deadline deadline) {
  ImapCommand command("STATUS");
  command.mailbox(mailbox).raw("(MESSAGES UNSEEN UIDNEXT UIDVALIDITY)");
  const auto told = co_await run(std::move(command), deadline);
  if (!told) co_return std::unexpected(told.error());
  for (const ImapResponse& response : *told) {
    auto status = response.name == "STATUS" ? parse_status(response.rest) : std::nullopt;
    if (status) co_return *std::move(status);
  }
  co_return std::unexpected(broken("the server did not tell the status of the mailbox"));
}

Awaitable<Expected<std::vector<ImapMailboxName>>> ImapSession::list(std::string pattern,
                                                                    Deadline deadline) {
  ImapCommand command("LIST");
  command.text("").mailbox(pattern);
  const auto told = co_await run(std::move(command), deadline);
  if (!told) co_return std::unexpected(told.error());
  std::vector<ImapMailboxName> out;
  for (const ImapResponse& response : *told) {
    auto name = response.name == "LIST" ? parse_list(response.rest) : std::nullopt;
    if (name) out.push_back(*std::move(name));
  }
  co_return out;
}

Awaitable<Expected<std::optional<ImapAppended>>> ImapSession::append(std::string mailbox,
                                                                     std::string flags,
                                                                     std::string message,
                                                                     Deadline deadline) {
  ImapCommand command("APPEND");
  command.mailbox(mailbox).raw("(" + flags + ")").literal(message);
  const auto told = co_await run(std::move(command), deadline);
  if (!told) co_return std::unexpected(told.error());
  if (last_.code != "APPENDUID") co_return std::nullopt;
  co_return parse_append_uid(last_.code_values);
}

Awaitable<Expected<Uids>> ImapSession::search(std::string criteria, Deadline deadline) {
  ImapCommand command("UID SEARCH");
  if (capabilities().has("ESEARCH")) command.raw("RETURN (ALL)");
  command.raw(criteria);
  const auto told = co_await run(std::move(command), deadline);
  if (!told) co_return std::unexpected(told.error());
  Uids out;
  for (const ImapResponse& response : *told) {
    std::optional<Uids> found = Uids();
    if (response.name == "SEARCH") found = parse_search(response.rest);
    if (response.name == "ESEARCH") {
      const auto result = parse_esearch(response.rest);
      found = result ? std::optional(result->all.value_or(Uids())) : std::nullopt;
    }
    if (!found) co_return std::unexpected(broken("what the search found makes no sense"));
    out.insert(out.end(), found->begin(), found->end());
  }
  co_return sorted(std::move(out));
}

Awaitable<Expected<std::vector<ImapMessage>>> ImapSession::fetch(Uids uids, std::string items,
                                                                 Deadline deadline) {
  std::vector<ImapMessage> out;
  const Uids asked = sorted(std::move(uids));
  for (const Uids& portion : portions(asked)) {
    ImapCommand command("UID FETCH");
    command.uids(portion).raw(items);
    const auto told = co_await run(std::move(command), deadline);
    if (!told) co_return std::unexpected(told.error());
    for (const ImapResponse& response : *told) {
      if (response.name != "FETCH") continue;
      auto message = parse_fetch(response.number.value_or(0), response.rest);
      if (!message) co_return std::unexpected(broken("a fetched message makes no sense"));
      const bool ours = message->uid && std::ranges::binary_search(asked, *message->uid);
      if (ours) out.push_back(*std::move(message));
    }
  }
  co_return out;
}

Awaitable<Expected<void>> ImapSession::store(Uids uids, std::string change, std::string flags,
                                             Deadline deadline) {
  const auto parts = portions(sorted(std::move(uids)));
  for (const Uids& portion : parts) {
    ImapCommand command("UID STORE");
    command.uids(portion).raw(change + ".SILENT (" + flags + ")");
    const auto told = co_await run(std::move(command), deadline);
    if (!told) co_return std::unexpected(told.error());
  }
  co_return Expected<void>{};
}

Awaitable<Expected<bool>> ImapSession::remove(Uids uids, Deadline deadline) {
  const Uids ours = sorted(std::move(uids));
  const auto marked = co_await store(ours, "+FLAGS", "\\Deleted", deadline);
  if (!marked) co_return std::unexpected(marked.error());
  if (capabilities().has("UIDPLUS")) {
    const auto parts = portions(ours);
    for (const Uids& portion : parts) {
      ImapCommand command("UID EXPUNGE");
      command.uids(portion);
      const auto told = co_await run(std::move(command), deadline);
      if (!told) co_return std::unexpected(told.error());
    }
    co_return true;
  }
  const auto all = co_await search("DELETED", deadline);
  if (!all) co_return std::unexpected(all.error());
  if (!std::ranges::includes(ours, *all)) co_return false;
  ImapCommand command("EXPUNGE");
  const auto told = co_await run(std::move(command), deadline);
  if (!told) co_return std::unexpected(told.error());
  co_return true;
}

Awaitable<Expected<bool>> ImapSession::wait_for_change(Deadline until, Deadline deadline) {
  return capabilities().has("IDLE") ? idle(until, deadline) : poll(until, deadline);
}

Awaitable<Expected<bool>> ImapSession::idle(Deadline until, Deadline deadline) {
  Told told;
  ImapCommand command("IDLE");
  auto end = co_await send(std::move(command), told, deadline);
  if (!end) co_return std::unexpected(end.error());
  if (end->kind == ImapResponse::Kind::tagged) co_return std::unexpected(accepted("IDLE").error());
  bool changed = std::ranges::any_of(told.responses, is_change);
  while (!changed && !until.expired()) {
    auto response = co_await hear(until, deadline);
    if (!response && response.error().reason == Reason::timeout && until.expired()) break;
    if (!response) co_return std::unexpected(response.error());
    changed = is_change(*response);
    const auto kept = keep(*std::move(response), told);
    if (!kept) co_return std::unexpected(kept.error());
  }
  const auto sent = co_await dialogue().send("DONE", "DONE", deadline);
  if (!sent) co_return std::unexpected(sent.error());
  end = co_await hear_end(told, deadline);
  if (!end) co_return std::unexpected(end.error());
  co_return changed || std::ranges::any_of(told.responses, is_change);
}

Awaitable<Expected<bool>> ImapSession::poll(Deadline until, Deadline deadline) {
  constexpr Duration pause = std::chrono::seconds(1);
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor);
  for (;;) {
    ImapCommand command("NOOP");
    const auto told = co_await run(std::move(command), deadline);
    if (!told) co_return std::unexpected(told.error());
    if (std::ranges::any_of(*told, is_change)) co_return true;
    if (until.expired()) co_return false;
    timer.expires_after(std::min(pause, until.remaining()));
    co_await timer.async_wait(boost::asio::use_awaitable);
  }
}

Awaitable<Expected<std::vector<ImapQuota>>> ImapSession::quota(std::string mailbox,
                                                               Deadline deadline) {
  std::vector<ImapQuota> out;
  if (!capabilities().has("QUOTA")) co_return out;
  ImapCommand command("GETQUOTAROOT");
  command.mailbox(mailbox);
  const auto told = co_await run(std::move(command), deadline);
  if (!told) co_return std::unexpected(told.error());
  for (const ImapResponse& response : *told) {
    auto quota = response.name == "QUOTA" ? parse_quota(response.rest) : std::nullopt;
    if (quota) out.push_back(*std::move(quota));
  }
  co_return out;
}

}  // namespace vedette::mail
