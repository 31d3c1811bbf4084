// SPDX-License-Identifier: Apache-2.0
#include "agent/reconcile/backlog.h"

#include <algorithm>
#include <ranges>
#include <set>
#include <utility>

namespace vedette::reconcile {

void Backlog::apply(const Monitored& monitored, Instant now) {
  auto before = std::exchange(checks_, {});
  for (const MonitoredCheck& check : monitored.checks) {
    checks_[check.name] = {check.component, std::move(before[check.name].newest)};
  }
  group_by_component_.clear();
  for (const incident::Component& component : monitored.components) {
    group_by_component_[component.id] = component.incident_group();
  }

  // Anew, because a component may belong to another group now.
  const auto waiting = std::exchange(waiting_, {});
  size_ = 0;
  for (const auto& [group, changes] : waiting) put_back(changes);
  take_along(now);
}

// The verdicts of checks that belong to another component now.
void Backlog::take_along(Instant now) {
  for (const auto& [name, check] : checks_) {
    if (!check.newest || is_monitored(check.newest->vote)) continue;
    VoteChange moved{check.newest->vote, now};
    moved.vote.component = check.component;
    add(moved);
  }
}

std::string_view Backlog::group_of(const std::string& component) const {
  const auto found = group_by_component_.find(component);
  return found == group_by_component_.end() ? std::string_view() : found->second;
}

bool Backlog::is_monitored(const incident::Vote& vote) const {
  const auto check = checks_.find(vote.check);
  return check != checks_.end() && check->second.component == vote.component &&
         group_by_component_.contains(vote.component);
}

bool Backlog::add(const VoteChange& change) {
  if (!is_monitored(change.vote)) return false;
  checks_[change.vote.check].newest = change;
  waiting_[group_by_component_[change.vote.component]].push_back(change);
  ++size_;
  if (size_ > bound()) keep_only_the_newest();
  return true;
}

void Backlog::restore(const std::vector<incident::Vote>& votes, Instant now) {
  for (const incident::Vote& vote : votes) {
    const auto check = checks_.find(vote.check);
    if (check == checks_.end() || check->second.newest) continue;
    check->second.newest = {vote, vote.verdict.decided};
  }
  take_along(now);
}

const detect::Verdict* Backlog::verdict_of(const std::string& check) const {
  const auto found = checks_.find(check);
  const bool told = found != checks_.end() && found->second.newest;
  return told ? &found->second.newest->vote.verdict : nullptr;
}

std::vector<VoteChange> Backlog::take(const std::string& group) {
  const auto found = waiting_.find(group);
  if (found == waiting_.end()) return {};
  std::vector<VoteChange> changes = std::move(found->second);
  waiting_.erase(found);
  size_ -= changes.size();
  return changes;
}

void Backlog::put_back(const std::vector<VoteChange>& changes) {
  std::map<std::string, std::vector<VoteChange>> by_group;
  for (const VoteChange& change : changes) {
    if (is_monitored(change.vote)) {
      by_group[group_by_component_[change.vote.component]].push_back(change);
      ++size_;
    }
  }
  for (auto& [group, front] : by_group) {
    std::vector<VoteChange>& queue = waiting_[group];
    queue.insert(queue.begin(), front.begin(), front.end());
  }
  if (size_ > bound()) keep_only_the_newest();
}

void Backlog::add_what_is_missing(const std::vector<incident::Vote>& stored) {
  std::map<std::string_view, const incident::Vote*> in_store;
  for (const incident::Vote& vote : stored) in_store[vote.check] = &vote;
  std::set<std::string> waits;
  for (const auto& [group, changes] : waiting_) {
    for (const VoteChange& change : changes) waits.insert(change.vote.check);
  }
  std::vector<VoteChange> missing;
  for (const auto& [name, check] : checks_) {
    if (!check.newest || waits.contains(name)) continue;
    const auto found = in_store.find(name);
    const auto decided = check.newest->vote.verdict.decided;
    if (found == in_store.end() || found->second->verdict.decided < decided)
      missing.push_back(*check.newest);
  }
  std::ranges::stable_sort(missing, {}, &VoteChange::at);
  put_back(missing);
}

std::vector<std::string> Backlog::groups() const {
  std::vector<std::string> groups;
  for (const auto& [group, changes] : waiting_) groups.push_back(group);
  return groups;
}

// Twice the checks: else a long outage of the store would mean to sort them out at every change.
std::size_t Backlog::bound() const {
  return std::max(bound_, 2 * checks_.size());
}

void Backlog::keep_only_the_newest() {
  size_ = 0;
  for (auto& [group, changes] : waiting_) {
    std::set<std::string> seen;
    std::vector<VoteChange> kept;
    for (VoteChange& change : changes | std::views::reverse) {
      if (seen.insert(change.vote.check).second) kept.push_back(std::move(change));
    }
    std::ranges::reverse(kept);
    changes = std::move(kept);
    size_ += changes.size();
  }
  overflow_ = true;
}

}  // namespace vedette::reconcile
