// SPDX-License-Identifier: Apache-2.0
#include "tests/unit/reconcile/history.h"

#include <algorithm>
#include <random>

#include "tests/unit/reconcile/doubles.h"

namespace vedette::reconcile::test {
namespace {

constexpr const char* region = "eu-west";

}  // namespace

History::History(std::uint32_t seed, std::size_t length)
    : components_{component("portal"),          component("cart", "Shop"),
                  component("card", "Shop"),    component("mail", "Office"),
                  component("files", "Office"), component("calendar", "Office")},
      groups_(groups_of(components_)) {
  std::mt19937 random(seed);
  const auto below = [&](std::size_t bound) { return static_cast<int>(random() % bound); };
  std::map<std::string, std::string> failing;  // check -> component
  Instant now = at(0);
  while (changes_.size() < length) {
    // Recoveries come twice as often as failures, so that incidents end.
    const bool recovers = !failing.empty() && below(3) != 0;
    const auto ill = std::next(failing.begin(), recovers ? below(failing.size()) : 0);
    const std::string id = recovers ? ill->second : components_[random() % components_.size()].id;
    const std::string check = recovers ? ill->first : id + (below(2) == 0 ? "-page" : "-login");
    const auto bad = below(3) == 0 ? detect::State::degraded : detect::State::down;
    recovers ? (void)failing.erase(check) : (void)failing.emplace(check, id);
    // Mostly soon after the one before, now and then so late that incidents end in between.
    now += Duration(below(4) == 0 ? 60'000 + below(1'200'000) : 1 + below(40'000));
    VoteChange next = change(id, recovers ? detect::State::up : bad, now);
    next.vote.check = check;
    next.vote.verdict.decided = now;  // tells the position in the history
    changes_.push_back(next);
  }
}

// All changes up to the newest verdict in the store are in it.
std::size_t History::position_of(store::Store& store) const {
  const auto votes = store.votes(region);
  if (!votes || votes->empty()) return 0;
  Instant newest{};
  for (const incident::Vote& vote : *votes) newest = std::max(newest, vote.verdict.decided);
  const auto last = std::ranges::find(changes_, newest, &VoteChange::at);
  return static_cast<std::size_t>(last - changes_.begin());
}

bool History::look(store::Store& store, const store::Group& group,
                   const std::vector<VoteChange>& changes, Instant now) const {
  Terms terms;
  terms.policy.resolve_after = Duration(120'000);
  terms.policy.reopen_within = Duration(300'000);
  // When it was last looked at is not known after a restart: the instant of the change before is
  // known to be right.
  const auto before = std::ranges::lower_bound(changes_, now, {}, &VoteChange::at);
  const Instant looked = before == changes_.begin() ? at(0) : std::prev(before)->at;
  return !replay(store, group, {looked, changes, now}, terms).error;
}

bool History::play(store::Store& store) const {
  // The last one again, because it may have been cut off after its first transaction.
  for (std::size_t i = position_of(store); i < changes_.size(); ++i) {
    const VoteChange& change = changes_[i];
    for (const auto& [key, group] : groups_) {
      const bool concerned = std::ranges::find(group.components, change.vote.component,
                                               &incident::Component::id) != group.components.end();
      std::vector<VoteChange> own;
      if (concerned) own.push_back(change);
      if (!look(store, group, own, change.at)) return false;
    }
  }
  return true;
}

}  // namespace vedette::reconcile::test
