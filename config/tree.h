// SPDX-License-Identifier: Apache-2.0
// Growing a tree of nodes within a budget: what aliases, merge keys and duplicate keys do to it.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "config/document.h"

namespace vedette::config {

// What may still be spent on nodes and on their text.
class Budget {
 public:
  explicit Budget(const Limits& limits) : nodes_(limits.nodes), bytes_(limits.bytes) {}

  // False when it is spent; it then stays spent.
  bool take(std::size_t bytes_of_text);

 private:
  std::size_t nodes_;
  std::size_t bytes_;
};

// A deep copy, or nothing when the budget is spent.
std::optional<Node> copy(const Node& node, Budget& budget);

// How many lists and maps stand in each other: 0 for a scalar.
int height(const Node& node);

// Keeps the first of entries with the same key; each further one is a problem that names both
// places.
void drop_duplicates(std::vector<Node::Entry>& entries, Problems& problems);

// Replaces the entry of the merge key `<<` by those entries of its map or maps whose keys are not
// there yet. Explicit keys come before merged ones, and earlier maps before later ones.
void apply_merge_key(std::vector<Node::Entry>& entries, Problems& problems);

// Merges the top levels of several files. All are maps (or null).
Node merge(std::vector<Node> parts, Problems& problems);

}  // namespace vedette::config
