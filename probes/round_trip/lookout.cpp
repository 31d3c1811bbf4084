// SPDX-License-Identifier: Apache-2.0
#include "probes/round_trip/lookout.h"

#include <algorithm>
#include <iterator>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/format.h>

#include "probes/mail/imap_text.h"

namespace vedette::round_trip {
namespace {

using namespace std::chrono_literals;
using mail::Uids;

constexpr Duration first_pause = 20ms;
constexpr Duration longest_pause = 2s;  // other folders than the selected one do not speak up
// Servers speak up with a delay (Dovecot: half a second), so a message that comes at once is asked
// for.
constexpr Duration asking_pays = 500ms;
constexpr Duration time_for_goodbye = 500ms;
constexpr std::size_t looked_at = 4;  // candidates for each leftover that may be cleared

std::string our_headers() {
  return fmt::format("(BODY.PEEK[HEADER.FIELDS ({} {} Message-ID)])", owner_header, token_header);
}

Deadline earlier(Deadline deadline, Duration from_now) {
  return {std::min(deadline.at, Deadline::in(from_now).at)};
}

// Of messages of which one part was asked for.
message::Headers headers_of(const mail::ImapMessage& message) {
  return message.parts.empty() ? message::Headers()
                               : message::parse(message.parts.front().second).headers;
}

// By either of the two headers with the token; relays may rewrite one of them.
bool is_ours(const message::Headers& headers, std::string_view token) {
  const std::string* marked = message::find(headers, token_header);
  if (marked != nullptr && *marked == token) return true;
  const std::string* id = message::find(headers, "Message-ID");
  return id != nullptr && id->starts_with(fmt::format("<{}@", token));
}

Uids first(Uids uids, std::size_t count) {
  if (uids.size() > count) uids.resize(count);
  return uids;
}

}  // namespace

net::Failure Lookout::named(net::Failure failure) const {
  failure.message = fmt::format("mailbox: {}", failure.message);
  return failure;
}

Awaitable<Obstacle> Lookout::open(std::vector<Token> settled, Duration in_flight,
                                  Deadline deadline) {
  trip_.clock.enter("mailbox");
  auto done = co_await session_.open(deadline);
  const auto& credentials = settings_.mailbox.credentials;
  if (done && credentials) done = co_await session_.sign_in(*credentials, deadline);
  if (!done) co_return named(done.error());
  // The first folder comes last, and stays selected.
  const auto& names = settings_.rules.folders;
  for (std::size_t i = names.size(); i > 0; --i) {
    auto obstacle = co_await enter_folder(names[i - 1], deadline);
    if (obstacle) co_return obstacle;
    if (selected_.empty() || trip_.leftovers >= settings_.clear_leftovers) continue;
    obstacle = co_await clear_folder(settled, in_flight, deadline);
    if (obstacle && !session_.refused()) co_return obstacle;
  }
  std::ranges::reverse(folders_);
  co_return std::nullopt;
}

Awaitable<Obstacle> Lookout::enter_folder(std::string name, Deadline deadline) {
  trip_.clock.enter("mailbox");
  session_.enter("folders");
  const auto mailbox = co_await session_.select(name, deadline);
  if (mailbox) {
    selected_ = name;
    folders_.push_back({std::move(name), mailbox->uidnext.value_or(1), {}, {}});
    co_return std::nullopt;
  }
  selected_.clear();
  const bool is_first = name == settings_.rules.folders.front();
  if (is_first || !session_.refused()) co_return named(mailbox.error());
  trip_.missing_folders.push_back(std::move(name));
  co_return std::nullopt;
}

Awaitable<Obstacle> Lookout::select(std::string name, Deadline deadline) {
  if (selected_ == name) co_return std::nullopt;
  selected_.clear();
  const auto mailbox = co_await session_.select(name, deadline);
  if (!mailbox) co_return named(mailbox.error());
  selected_ = std::move(name);
  co_return std::nullopt;
}

// In the folder that is selected.
Awaitable<Obstacle> Lookout::clear_folder(std::vector<Token> settled, Duration in_flight,
                                          Deadline deadline) {
  trip_.clock.enter("clearing");
  session_.enter("clearing");
  const std::string& owner = trip_.owner;
  auto marked = co_await session_.search(
      fmt::format("UNDELETED HEADER {} {}", owner_header, mail::quoted(owner)), deadline);
  if (!marked) co_return named(marked.error());
  if (marked->empty()) co_return std::nullopt;
  const std::size_t limit = settings_.clear_leftovers - trip_.leftovers;
  const auto candidates =
      co_await read_headers(first(*std::move(marked), limit * looked_at), deadline);
  if (!candidates) co_return named(candidates.error());
  const auto chosen = leftovers(*candidates, owner, wall_now(), in_flight, settled, limit);
  if (chosen.empty()) co_return std::nullopt;
  Uids uids;
  for (const Leftover& leftover : chosen) {
    uids.push_back(leftover.uid);
    const bool is_settled = std::ranges::find(settled, leftover.token) != settled.end();
    if (is_settled) ++trip_.late_copies;
  }
  const auto removed = co_await session_.remove(std::move(uids), deadline);
  if (!removed) co_return named(removed.error());
  if (*removed) trip_.leftovers += chosen.size();
  co_return std::nullopt;
}

// Of messages of the folder that is selected.
Awaitable<mail::Expected<std::vector<Candidate>>> Lookout::read_headers(Uids uids,
                                                                        Deadline deadline) {
  const auto fetched = co_await session_.fetch(std::move(uids), our_headers(), deadline);
  if (!fetched) co_return std::unexpected(fetched.error());
  std::vector<Candidate> out;
  for (const mail::ImapMessage& message : *fetched) {
    if (message.uid) out.push_back({*message.uid, headers_of(message)});
  }
  co_return out;
}

Awaitable<Obstacle> Lookout::await_arrival(Token token, Deadline until, Deadline deadline) {
  token_ = token.text();
  session_.enter("delivery");
  Duration pause = first_pause;
  for (;;) {
    auto obstacle = co_await wait(earlier(until, pause), pause < asking_pays, deadline);
    if (!obstacle) obstacle = co_await look(deadline);
    if (obstacle) co_return obstacle;
    if (copies() > 0 || until.expired()) break;
    pause = std::min(pause * 2, longest_pause);
  }
  if (copies() > 0) {
    trip_.arrival.emplace();
    note_arrival();
  }
  co_return std::nullopt;
}

// Silently, or so that a change in the first folder ends the wait.
Awaitable<Obstacle> Lookout::wait(Deadline until, bool silently, Deadline deadline) {
  if (silently) {
    boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, until.at);
    co_await timer.async_wait(boost::asio::use_awaitable);
    co_return std::nullopt;
  }
  auto obstacle = co_await select(folders_.front().name, deadline);
  if (obstacle) co_return obstacle;
  const auto changed = co_await session_.wait_for_change(until, deadline);
  if (!changed) co_return named(changed.error());
  co_return std::nullopt;
}

// Where it arrived is where it should be, if one of its copies is there.
void Lookout::note_arrival() {
  const auto found =
      std::ranges::find_if(folders_, [](const Folder& folder) { return !folder.found.empty(); });
  if (found == folders_.end()) return;
  trip_.arrival->folder = found->name;
  trip_.arrival->astray = found->name != settings_.rules.folders.front();
  trip_.arrival->copies = copies();
}

Awaitable<Obstacle> Lookout::look(Deadline deadline) {
  for (Folder& folder : folders_) {
    if (folder.name == selected_) {
      // A search alone need not see what has come since.
      mail::ImapCommand noop("NOOP");
      const auto synchronised = co_await session_.run(std::move(noop), deadline);
      if (!synchronised) co_return named(synchronised.error());
    } else {
      const auto status = co_await session_.status(folder.name, deadline);
      if (!status && !session_.refused()) co_return named(status.error());
      const bool nothing_new = status && status->uidnext && *status->uidnext <= folder.first_new;
      if (!status || nothing_new) continue;
    }
    auto obstacle = co_await look_into(folder, deadline);
    if (obstacle) co_return obstacle;
  }
  co_return std::nullopt;
}

Awaitable<Obstacle> Lookout::look_into(Folder& folder, Deadline deadline) {
  auto obstacle = co_await select(folder.name, deadline);
  if (obstacle) co_return obstacle;
  auto found = co_await session_.search(
      fmt::format("UID {}:* UNDELETED OR HEADER {} {} HEADER Message-ID {}", folder.first_new,
                  token_header, mail::quoted(token_), mail::quoted(token_)),
      deadline);
  if (!found) co_return named(found.error());
  folder.found = *std::move(found);
  co_return std::nullopt;
}

Awaitable<Obstacle> Lookout::fetch(Deadline deadline) {
  trip_.clock.enter("retrieval");
  session_.enter("retrieval");
  const auto found = std::ranges::find_if(folders_, [](const auto& f) { return !f.found.empty(); });
  auto obstacle = co_await select(found->name, deadline);
  if (obstacle) co_return obstacle;
  const Uids one(1, found->found.front());
  const auto fetched =
      co_await session_.fetch(one, fmt::format("(BODY.PEEK[]<0.{}>)", max_message), deadline);
  if (!fetched) co_return named(fetched.error());
  if (fetched->empty() || fetched->front().parts.empty()) {
    co_return net::Failure{
        Reason::mail_not_delivered,
        fmt::format("mailbox: the message was seen in {}, and was gone before it "
                    "could be fetched",
                    found->name)};
  }
  trip_.arrival->raw = fetched->front().parts.front().second;
  if (is_ours(message::parse(trip_.arrival->raw).headers, token_)) found->ours = one;
  // A second copy may have come meanwhile.
  obstacle = co_await look(deadline);
  for (Folder& folder : folders_) {
    if (!obstacle && !folder.found.empty()) obstacle = co_await verify(folder, deadline);
  }
  note_arrival();
  co_return obstacle;
}

// The server's search is not enough to delete something.
Awaitable<Obstacle> Lookout::verify(Folder& folder, Deadline deadline) {
  Uids unknown;
  std::ranges::set_difference(folder.found, folder.ours, std::back_inserter(unknown));
  if (unknown.empty()) co_return std::nullopt;
  auto obstacle = co_await select(folder.name, deadline);
  if (obstacle) co_return obstacle;
  const auto candidates = co_await read_headers(std::move(unknown), deadline);
  if (!candidates) co_return named(candidates.error());
  for (const Candidate& candidate : *candidates) {
    if (is_ours(candidate.headers, token_)) folder.ours.push_back(candidate.uid);
  }
  std::ranges::sort(folder.ours);
  co_return std::nullopt;
}

Awaitable<bool> Lookout::remove(Deadline deadline) {
  trip_.clock.enter("clearing");
  session_.enter("clearing");
  std::size_t removed = 0;
  for (Folder& folder : folders_) {
    if (folder.ours.empty()) continue;
    const bool gone = co_await remove_from(folder, deadline);
    if (gone) removed += folder.ours.size();
  }
  if (removed < copies() && trip_.left_behind.empty() && !trip_.failure) {
    trip_.left_behind = "the headers that tell it from other messages were not found in it again";
  }
  co_return removed == copies();
}

Awaitable<bool> Lookout::remove_from(Folder& folder, Deadline deadline) {
  const auto obstacle = co_await select(folder.name, deadline);
  if (obstacle) {
    trip_.left_behind = obstacle->message;
    co_return false;
  }
  const auto removed = co_await session_.remove(folder.ours, deadline);
  if (removed && *removed) co_return true;
  trip_.left_behind = removed
                          ? fmt::format(
                                "in {}: other messages are marked as deleted, too, and this server "
                                "cannot remove single ones",
                                folder.name)
                          : removed.error().message;
  co_return false;
}

Awaitable<void> Lookout::close(Deadline deadline) {
  const net::Stream& stream = session_.stream();
  trip_.mailbox = {stream.remote_address(), stream.tls()};
  if (!trip_.failure) co_await session_.logout(earlier(deadline, time_for_goodbye));
  trip_.mailbox_dialogue = session_.transcript();
  session_.close();
}

std::size_t Lookout::copies() const {
  std::size_t count = 0;
  for (const Folder& folder : folders_) count += folder.found.size();
  return count;
}

}  // namespace vedette::round_trip
