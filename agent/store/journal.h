// SPDX-License-Identifier: Apache-2.0
// What flows have written down: steps that are to be cleaned up after, and what counts toward
// limits.
#pragma once

#include <string>
#include <variant>

#include "probes/flow/entry.h"

namespace vedette::store {

// Whose entries they are.
struct JournalOwner {
  std::string region, agent;
};

// One line for the journal.
struct Note {  // the entry is new, or as it is from now on
  flow::Entry entry;
};
struct Learned {
  std::string id, values;
};
struct Settled {
  std::string id;
};
struct Spend {
  std::string flow;
  flow::Spent spent;
};
using JournalLine = std::variant<Note, Learned, Settled, Spend>;

// An agent that was not heard of for so long is dead: another one of its region takes over what it
// left.
inline constexpr Duration owner_outlives{300'000};
// What was spent is kept for so long.
inline constexpr Duration spending_outlives{25 * 3'600'000};

}  // namespace vedette::store
