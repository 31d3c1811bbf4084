// SPDX-License-Identifier: Apache-2.0
// Whether somebody was at the mailbox: a pure function of what was remembered, what is seen, the
// settings, and the time.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "probes/mailbox/memory.h"
#include "probes/mailbox/seen.h"
#include "probes/result.h"

namespace vedette::mailbox {

// What may happen to the mailbox. "Messages" are those of others that are not marked \Deleted.
struct Limits {
  std::optional<std::uint32_t> at_least;
  std::uint32_t lost_at_most = 0;             // since the last run
  std::optional<std::uint32_t> read_at_most;  // since the last run; nothing: people read here
  bool canary = false;                        // one must be there, unseen
  bool plant = false;                         // and may be put there
  std::optional<Duration> grows_within;
  std::optional<std::int64_t> quota_below;  // percent
  // So long what happened between two runs is reported after it was last seen to happen, unless it
  // is undone before: the messages are back under their UIDs, the marks are taken off, the canary
  // is unread again.
  Duration alarm_for = std::chrono::hours(1);
};

struct Finding {
  std::optional<Reason> reason;  // nothing: all is well
  Observation observation;
};

struct Decision {
  std::vector<Finding> findings;  // one for each thing that was looked for
  Memory next;
  bool plant = false;  // a new canary shall be put there; then `next` has none

  // The finding that says most: what explains others comes first. Null: all is well.
  const Finding* worst() const;
};

// A memory with uidnext 0 is that of the first run.
Decision decide(const Limits& limits, const Memory& memory, const Seen& seen, Instant now);

}  // namespace vedette::mailbox
