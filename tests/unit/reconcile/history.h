// SPDX-License-Identifier: Apache-2.0
// A long random history of verdict changes, the same for the same seed, and its way into a store.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "agent/reconcile/core.h"
#include "agent/store/store.h"

namespace vedette::reconcile::test {

class History {
 public:
  // Three groups of one, two and three components, two checks each, that fail and recover at
  // random.
  History(std::uint32_t seed, std::size_t length);

  std::size_t length() const { return changes_.size(); }
  // Takes up where the store stands, and goes on to the end; a look at every group after each
  // change. False when the store failed.
  bool play(store::Store& store) const;

 private:
  std::size_t position_of(store::Store& store) const;
  bool look(store::Store& store, const store::Group& group, const std::vector<VoteChange>& changes,
            Instant now) const;

  std::vector<incident::Component> components_;
  std::map<std::string, store::Group> groups_;
  std::vector<VoteChange> changes_;
};

}  // namespace vedette::reconcile::test
