// SPDX-License-Identifier: Apache-2.0
// Random fault histories in virtual time: what must hold for every decision, whatever happened
// before.
#include <algorithm>
#include <map>
#include <random>
#include <ranges>
#include <set>

#include <gtest/gtest.h>

#include "tests/unit/incident/world.h"

namespace vedette::incident::test {
namespace {

const std::vector<std::string> names{"Alpha", "Bravo", "Charlie", "Delta"};
const std::vector<std::string> checks{"page", "api"};
const std::vector<std::string> regions{"ap", "eu"};

bool fails(const Vote& vote) {
  return vote.verdict.state == State::down || vote.verdict.state == State::degraded;
}

bool anything_fails(const Situation& situation) {
  return std::ranges::any_of(situation.votes, fails);
}

void expect_instants_in_order(const Incident& incident) {
  EXPECT_LE(incident.impact_began, incident.detected);
  EXPECT_LE(incident.detected, incident.opened);
  if (incident.mitigated) {
    EXPECT_LE(incident.impact_began, *incident.mitigated);
  }
  if (incident.resolved) {
    EXPECT_LE(incident.opened, *incident.resolved);
  }
  EXPECT_EQ(incident.resolved.has_value(), incident.status == Status::resolved);
  if (incident.status == Status::monitoring) {
    EXPECT_TRUE(incident.mitigated.has_value());
  }
  EXPECT_NE(incident.impact, Impact::none);
}

// No hole, no step backwards, each entry going on where the one before stopped.
void expect_whole_timeline(const Incident& incident) {
  std::map<std::string, ComponentStatus> told;
  int sequence = 0;
  Instant before = incident.opened;
  for (const Update& update : incident.updates) {
    EXPECT_EQ(update.sequence, ++sequence);
    EXPECT_GE(update.at, before);
    before = update.at;
    for (const AffectedComponent& one : update.affected) {
      EXPECT_EQ(one.old_status, told[one.component]);
      told[one.component] = one.new_status;
    }
  }
  for (const IncidentComponent& one : incident.components) {
    EXPECT_EQ(one.status, told[one.component]);
    EXPECT_EQ(one.recovered.has_value(), one.status == ComponentStatus::operational);
  }
  ASSERT_FALSE(incident.updates.empty());
  EXPECT_EQ(incident.updates.back().status, incident.status);
}

// Public words name only components of the incident, and nothing internal.
void expect_clean_words(const Incident& incident, std::size_t first_new) {
  std::set<std::string> part;
  for (const IncidentComponent& one : incident.components) part.insert(one.name);
  for (const Update& update : incident.updates | std::views::drop(first_new)) {
    EXPECT_FALSE(update.text.empty());
    if (!update.is_public) continue;
    const std::string told = update.text.substr(0, update.text.find(" Still working: "));
    for (const std::string& name : names) {
      EXPECT_TRUE(part.contains(name) || !told.contains(name)) << update.text;
    }
    EXPECT_FALSE(update.text.contains("10.1.2.3")) << update.text;
    EXPECT_FALSE(update.text.contains("-page")) << update.text;
    EXPECT_FALSE(update.text.contains("  ")) << update.text;
    EXPECT_TRUE(update.text.ends_with('.')) << update.text;
  }
  for (const std::string& name : names) {
    EXPECT_TRUE(part.contains(name) || !incident.title.contains(name)) << incident.title;
  }
}

// The newest public entry against what the components are.
void expect_words_that_fit(const Incident& incident, const Update& newest,
                           const Situation& situation) {
  const bool says_well = newest.text.contains("working normally");
  for (const std::string& name : names) {
    if (!says_well || !newest.text.contains(name)) continue;
    EXPECT_GT(std::ranges::count(situation.components, name, &Component::name), 0)
        << "nobody watches it: " << newest.text;
  }
  for (const IncidentComponent& one : incident.components) {
    const bool well = newest.text.contains(one.name + " has been working again") ||
                      newest.text.contains(one.name + " has been working normally");
    if (well) {
      EXPECT_EQ(one.status, ComponentStatus::operational) << newest.text;
    }
    if (newest.text.contains(one.name + " is still affected")) {
      EXPECT_NE(one.status, ComponentStatus::operational) << newest.text;
    }
  }
}

class History {
 public:
  explicit History(std::uint32_t seed) : random_(seed), world_({names[0], names[1], names[2]}) {
    world_.policy.resolve_after = std::chrono::seconds{random_() % 300};
    world_.policy.reopen_within = std::chrono::seconds{random_() % 1800};
    calm_ = 2 + static_cast<int>(random_() % 30);
  }

  void run(int steps) {
    for (int i = 0; i < steps && !testing::Test::HasFailure(); ++i) {
      now_ += 1 + static_cast<int>(random_() % 40);
      if (pick(60) == 0) rest();
      disturb();
      decide_and_check();
    }
    if (!testing::Test::HasFailure()) heal();
  }

  int incidents() const { return static_cast<int>(ids_.size()); }

 private:
  std::size_t pick(std::size_t size) { return random_() % size; }

  void disturb() {
    if (pick(3) != 0) return;  // most of the time nothing happens but time
    if (pick(200) == 0) return reconfigure();
    const std::string& name = names[pick(names.size())];
    if (!configured(name)) return;
    const State state = pick(static_cast<std::size_t>(calm_)) < 2 ? State(1 + pick(3)) : State::up;
    Word word{state, now_ - static_cast<int>(pick(10)), now_, {}};
    if (state != State::up) word.reason = static_cast<Reason>(pick(reason_count));
    world_.vote(name, word, regions[pick(2)], checks[pick(2)]);
  }

  bool configured(const std::string& name) const {
    return std::ranges::count(world_.situation.components, name, &Component::name) > 0;
  }

  void reconfigure() {
    const std::string& name = names[pick(names.size())];
    if (configured(name)) {
      world_.remove_component(name);
    } else {
      world_.add_component(name);
    }
  }

  void decide_and_check() {
    const auto open_before = world_.situation.open;
    const auto resolved_before = world_.situation.last_resolved;
    expect_order_does_not_matter();
    const auto next = world_.decide_at(now_);
    EXPECT_FALSE(decide(world_.situation, world_.policy, at(now_)).has_value()) << "not idempotent";
    if (anything_fails(world_.situation)) {
      EXPECT_TRUE(world_.situation.open.has_value()) << "a failure without an incident";
    }
    if (!next) return;
    expect_goes_on(*next, open_before, resolved_before);
    expect_instants_in_order(*next);
    expect_whole_timeline(*next);
    expect_clean_words(*next, open_before ? open_before->updates.size() : 0);
    if (next->updates.back().is_public)
      expect_words_that_fit(*next, next->updates.back(), world_.situation);
    ids_.insert(next->id);
  }

  void expect_order_does_not_matter() {
    Situation shuffled = world_.situation;
    std::ranges::shuffle(shuffled.votes, random_);
    std::ranges::shuffle(shuffled.components, random_);
    EXPECT_EQ(decide(shuffled, world_.policy, at(now_)),
              decide(world_.situation, world_.policy, at(now_)));
  }

  // What was there stays: the open incident, or the resolved one taken up again, with its timeline.
  void expect_goes_on(const Incident& next, const std::optional<Incident>& open,
                      const std::optional<Incident>& resolved) {
    const bool again = resolved && resolved->id == next.id;
    if (open) {
      EXPECT_EQ(next.id, open->id) << "two incidents open at once";
    }
    if (!open && !again) {
      EXPECT_FALSE(ids_.contains(next.id)) << "an old id given to a new incident";
      EXPECT_TRUE(next.is_open() || world_.policy.resolve_after == Duration{0});
      return;
    }
    const Incident& before = open ? *open : *resolved;
    ASSERT_LE(before.updates.size(), next.updates.size());
    EXPECT_TRUE(std::equal(before.updates.begin(), before.updates.end(), next.updates.begin()));
    EXPECT_EQ(before.impact_began, next.impact_began);
    EXPECT_EQ(before.opened, next.opened);
  }

  // A quiet hour, in which the incident at hand may end and its time to come back run out.
  void rest() {
    pass_all();
    for (int i = 0; i < 6; ++i, now_ += 600) decide_and_check();
  }

  void pass_all() {
    for (Vote& vote : world_.situation.votes) {
      if (vote.verdict.state != State::up) vote.verdict = {State::up, at(now_), at(now_), {}, ""};
    }
  }

  void heal() {
    pass_all();
    // Long enough for the longest wait of an unsteady component, and the window after it.
    for (int i = 0; i < 12 * 300 + 600; i += 120, now_ += 120) decide_and_check();
    EXPECT_FALSE(world_.situation.open.has_value()) << "an incident that does not end";
  }

  std::mt19937 random_;
  World world_;
  int now_ = 0;
  int calm_ = 10;
  std::set<std::string> ids_;
};

TEST(DecideProperties, HoldForRandomHistories) {
  int incidents = 0;
  for (std::uint32_t seed = 0; seed < 12 && !testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE(seed);
    History history(seed);
    history.run(300);
    incidents += history.incidents();
  }
  EXPECT_GT(incidents, 36) << "the histories must be eventful to prove anything";
}

TEST(DecideProperties, UnknownAloneNeverOpensAnIncident) {
  std::mt19937 random(7);
  World world({"Alpha", "Bravo"});
  for (int now = 0; now < 10'000; now += 10) {
    const auto& region = regions[random() % 2];
    const auto& check = checks[random() % 2];
    if (random() % 2 == 0)
      world.passes(names[random() % 2], now, region, check);
    else
      world.blind(names[random() % 2], now, region, check);
    ASSERT_FALSE(world.decide_at(now).has_value());
  }
}

TEST(DecideProperties, UnknownAloneNeverEndsAnIncident) {
  for (std::uint32_t seed = 0; seed < 5; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    World world({"Alpha", "Bravo"});
    world.fails("Alpha", 0, "eu", "page");
    world.fails("Bravo", 0, "eu", "page");
    world.decide_at(5);
    for (int now = 10; now < 10'000; now += 10) {
      world.blind(names[random() % 2], now, "eu", "page");
      world.passes(names[random() % 2], now, regions[random() % 2], "api");
      world.decide_at(now);
      ASSERT_TRUE(world.situation.open.has_value());
      ASSERT_NE(world.incident().status, Status::monitoring);
    }
  }
}

}  // namespace
}  // namespace vedette::incident::test
