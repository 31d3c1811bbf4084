// SPDX-License-Identifier: Apache-2.0
// What the guard of a mailbox keeps from one run to the next: how the mailbox was, and what
// happened to it that is still to be reported. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/clock.h"

namespace vedette::mailbox {

using Uids = std::vector<std::uint32_t>;  // sorted, each once

// Something that happened between two runs. It is reported for a while, though the next run sees
// nothing new: the loss must not become the new normal just because it was seen once.
struct Event {
  Instant since{};           // the run that noticed it first
  Instant last{};            // the run that noticed it, or more of it, last
  std::uint32_t before = 0;  // messages before it
  std::uint32_t marked_before = 0;
  std::int64_t amount = 0;  // messages concerned, less those that came back
  bool operator==(const Event&) const = default;
};

struct Rebuilt {
  Instant since{};
  std::uint32_t uidvalidity = 0;  // before
  std::uint32_t messages = 0;     // before
  bool operator==(const Rebuilt&) const = default;
};

struct Canary {
  std::string token;
  std::uint32_t uid = 0;         // 0: not told yet
  std::optional<Instant> wrong;  // since when it has been missing, read or marked
  bool operator==(const Canary&) const = default;
};

inline constexpr std::size_t max_own = 200;

struct Memory {
  std::string about;  // which mailbox
  // As of the last run. Messages are those of others: without what is marked \Deleted, and without
  // our own.
  std::uint32_t uidvalidity = 0;
  std::uint32_t uidnext = 0;
  std::uint32_t messages = 0;
  std::uint32_t unseen = 0;
  std::uint32_t marked = 0;  // \Deleted
  Uids own;                  // what Vedette put there itself; the newest max_own
  Instant grown{};           // a message arrived last

  std::optional<Canary> canary;
  std::optional<Event> lost;
  std::optional<Event> read;
  std::optional<Rebuilt> rebuilt;

  bool operator==(const Memory&) const = default;
};

// At most longest_memory bytes.
std::string write(const Memory& memory);
// Nothing when it is about something else, or was not written by this version.
std::optional<Memory> read(std::string_view text, std::string_view about);

}  // namespace vedette::mailbox
