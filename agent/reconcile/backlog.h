// SPDX-License-Identifier: Apache-2.0
// The verdict changes that are not in the store yet, by group and in their order, and the newest
// one of each check. Bounded: beyond the bound, of each check only the newest is kept.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "agent/reconcile/core.h"
#include "agent/reconcile/monitored.h"

namespace vedette::reconcile {

class Backlog {
 public:
  explicit Backlog(std::size_t bound) : bound_(bound) {}

  // From now on these checks and groups; what waits for others is dropped. The verdict of a check
  // that belongs to another component now goes with it, as a change of its own.
  void apply(const Monitored& monitored, Instant now);
  // Empty for a component that is not configured.
  std::string_view group_of(const std::string& component) const;

  // False: its check or component is not configured (a late result from before a reload), and it is
  // dropped.
  bool add(const VoteChange& change);
  // What the store says about this region's checks, as far as the agent has not said anything yet.
  void restore(const std::vector<incident::Vote>& votes, Instant now);

  // The newest verdict of a check that was ever told or restored; null: none.
  const detect::Verdict* verdict_of(const std::string& check) const;

  std::vector<VoteChange> take(const std::string& group);
  // What was taken, or the rest of it, back to the front.
  void put_back(const std::vector<VoteChange>& changes);
  // Adds the newest change of each check that the store, which says `stored`, does not have.
  void add_what_is_missing(const std::vector<incident::Vote>& stored);

  std::size_t size() const { return size_; }
  std::vector<std::string> groups() const;
  // True once after changes were dropped because of the bound.
  bool take_overflow() { return std::exchange(overflow_, false); }

 private:
  struct Check {
    std::string component;
    std::optional<VoteChange> newest;  // that was ever told or restored
  };
  bool is_monitored(const incident::Vote& vote) const;
  void take_along(Instant now);
  void keep_only_the_newest();
  std::size_t bound() const;

  std::size_t bound_;
  std::map<std::string, Check, std::less<>> checks_;  // ten thousand of them, so one map
  std::map<std::string, std::string, std::less<>> group_by_component_;
  std::map<std::string, std::vector<VoteChange>, std::less<>> waiting_;  // by group
  std::size_t size_ = 0;
  bool overflow_ = false;
};

}  // namespace vedette::reconcile
