// SPDX-License-Identifier: Apache-2.0
#include "probes/mailbox/look.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include <fmt/format.h>

#include "probes/mail/imap_text.h"
#include "probes/mailbox/canary.h"

namespace vedette::mailbox {
namespace {

using mail::Expected;
using Count = Expected<std::uint32_t>;

// On the first look, our own messages are searched for among so many of the newest: searching the
// headers of all could take minutes.
constexpr std::uint32_t newest_searched = 5000;

// UIDs from `from` up to, but not including, `to`.
struct Range {
  std::uint32_t from = 1;
  std::uint32_t to = 1;

  bool empty() const { return from >= to; }
  std::string text() const { return fmt::format("UID {}:{}", from, to - 1); }
};

std::string without(const Uids& own) {
  return own.empty() ? std::string() : " NOT UID " + mail::sequence_set(own);
}

Uids united(const Uids& left, const Uids& right) {
  Uids out;
  std::ranges::set_union(left, right, std::back_inserter(out));
  if (out.size() > max_own) out.erase(out.begin(), out.end() - std::ptrdiff_t{max_own});
  return out;
}

net::Failure not_told(std::string_view what) {
  return mail::failure(Reason::protocol_error, "command",
                       fmt::format("the server did not tell the {} of the mailbox", what));
}

class Look {
 public:
  Look(mail::ImapSession& session, LookFor what, Memory memory, Deadline deadline)
      : session_(session),
        what_(std::move(what)),
        memory_(std::move(memory)),
        deadline_(deadline) {}

  Awaitable<Expected<Seen>> run() {
    auto step = co_await open();
    if (step) step = co_await find_own();
    if (step) step = co_await look_at(seen_.old, old_);
    if (step) step = co_await look_at(seen_.arrived, arrived_);
    if (step && what_.quota) step = co_await ask_quota();
    if (!step) co_return std::unexpected(step.error());
    co_return std::move(seen_);
  }

 private:
  Awaitable<Expected<void>> open() {
    const auto opened = co_await session_.examine(what_.mailbox, deadline_);
    if (!opened) co_return std::unexpected(opened.error());
    if (!opened->uidvalidity) co_return std::unexpected(not_told("UIDVALIDITY"));
    if (!opened->uidnext) co_return std::unexpected(not_told("UIDNEXT"));
    seen_.uidvalidity = *opened->uidvalidity;
    seen_.uidnext = *opened->uidnext;
    const bool comparable = is_comparable(memory_, seen_);
    if (!comparable) memory_.own.clear();
    old_ = {1, comparable ? memory_.uidnext : 1};
    arrived_ = {old_.to, seen_.uidnext};
    co_return Expected<void>{};
  }

  // Those known from earlier runs, and those among what arrived; the mailbox may hold only some.
  Awaitable<Expected<void>> find_own() {
    Uids own = memory_.own;
    Range searched = arrived_;
    if (searched.to - searched.from > newest_searched)
      searched.from = searched.to - newest_searched;
    if (!searched.empty()) {
      const auto found = co_await session_.search(
          fmt::format("{} HEADER {} \"\"", searched.text(), round_trip::owner_header), deadline_);
      if (!found) co_return std::unexpected(found.error());
      own = united(own, *found);
    }
    if (own.empty()) co_return Expected<void>{};
    const auto messages = co_await session_.fetch(own, items(), deadline_);
    if (!messages) co_return std::unexpected(messages.error());
    for (const mail::ImapMessage& message : *messages) take_own(message);
    std::ranges::sort(seen_.own);
    co_return Expected<void>{};
  }

  static std::string items() {
    return fmt::format("(UID FLAGS BODY.PEEK[HEADER.FIELDS ({} {})])", round_trip::owner_header,
                       canary_header);
  }

  void take_own(const mail::ImapMessage& message) {
    if (!message.uid || message.parts.empty()) return;
    seen_.own.push_back(*message.uid);
    auto canary = read_canary(message::parse(message.parts.front().second).headers, what_.owner);
    if (!canary) return;
    canary->uid = *message.uid;
    canary->read = message.has_flag("\\Seen");
    canary->marked = message.has_flag("\\Deleted");
    seen_.canaries.push_back(std::move(*canary));
  }

  Awaitable<Expected<void>> look_at(Part& part, Range range) {
    if (range.empty()) co_return Expected<void>{};
    const std::string among = range.text() + without(seen_.own);
    const Count messages = co_await count(among + " UNDELETED");
    if (!messages) co_return std::unexpected(messages.error());
    const Count unseen = co_await count(among + " UNDELETED UNSEEN");
    if (!unseen) co_return std::unexpected(unseen.error());
    const Count marked = co_await count(among + " DELETED");
    if (!marked) co_return std::unexpected(marked.error());
    part = {*messages, *unseen, *marked};
    co_return Expected<void>{};
  }

  // The server counts where it can (RFC 4731); else it lists and we count.
  Awaitable<Count> count(std::string criteria) {
    if (!session_.capabilities().has("ESEARCH")) {
      const auto found = co_await session_.search(std::move(criteria), deadline_);
      if (!found) co_return std::unexpected(found.error());
      co_return static_cast<std::uint32_t>(found->size());
    }
    mail::ImapCommand command("UID SEARCH RETURN (COUNT)");
    command.raw(criteria);
    const auto told = co_await session_.run(std::move(command), deadline_);
    if (!told) co_return std::unexpected(told.error());
    for (const mail::ImapResponse& response : *told) {
      if (response.name != "ESEARCH") continue;
      const auto result = mail::parse_esearch(response.rest);
      if (result && result->count) co_return *result->count;
    }
    co_return std::unexpected(not_told("number of messages"));
  }

  Awaitable<Expected<void>> ask_quota() {
    seen_.tells_quota = session_.capabilities().has("QUOTA");
    const auto quotas = co_await session_.quota(what_.mailbox, deadline_);
    if (!quotas) co_return std::unexpected(quotas.error());
    for (const mail::ImapQuota& quota : *quotas) {
      for (const auto& resource : quota.resources)
        seen_.quota.push_back({resource.name, resource.used, resource.limit});
    }
    co_return Expected<void>{};
  }

  mail::ImapSession& session_;
  LookFor what_;
  Memory memory_;
  Deadline deadline_;
  Range old_;
  Range arrived_;
  Seen seen_;
};

}  // namespace

Awaitable<Expected<Seen>> look(mail::ImapSession& session, LookFor what, Memory memory,
                               Deadline deadline) {
  Look look(session, std::move(what), std::move(memory), deadline);
  co_return co_await look.run();
}

}  // namespace vedette::mailbox
