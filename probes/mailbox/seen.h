// SPDX-License-Identifier: Apache-2.0
// What one look at the mailbox showed, as plain values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "probes/mailbox/memory.h"

namespace vedette::mailbox {

// A canary message that is there.
struct CanarySeen {
  std::string token;
  std::uint32_t uid = 0;
  bool is_ours = false;  // planted by this check
  bool read = false;     // \Seen
  bool marked = false;   // \Deleted
};

// Messages of others, on one side of where the last run ended.
struct Part {
  std::uint32_t messages = 0;  // without those that are marked
  std::uint32_t unseen = 0;    // of these
  std::uint32_t marked = 0;    // \Deleted
};

struct QuotaUse {
  std::string resource;  // "STORAGE", "MESSAGE"
  std::uint64_t used = 0;
  std::uint64_t limit = 0;

  double percent() const {
    return limit == 0 ? 100 : 100.0 * static_cast<double>(used) / static_cast<double>(limit);
  }
};

struct Seen {
  std::uint32_t uidvalidity = 0;
  std::uint32_t uidnext = 0;
  Part old;      // UIDs below the uidnext of the last run; nothing when UIDs are not comparable
  Part arrived;  // UIDs from there on
  Uids own;      // what Vedette put there, of all checks and agents
  std::vector<CanarySeen> canaries;
  std::vector<QuotaUse> quota;
  bool tells_quota = false;

  std::uint32_t messages() const { return old.messages + arrived.messages; }
  std::uint32_t unseen() const { return old.unseen + arrived.unseen; }
  std::uint32_t marked() const { return old.marked + arrived.marked; }
};

// Whether the UIDs of the last run still mean the same messages.
inline bool is_comparable(const Memory& memory, const Seen& seen) {
  return memory.uidnext != 0 && memory.uidvalidity == seen.uidvalidity &&
         memory.uidnext <= seen.uidnext;
}

}  // namespace vedette::mailbox
