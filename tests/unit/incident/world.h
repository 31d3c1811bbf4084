// SPDX-License-Identifier: Apache-2.0
// A little world for tests of decide(): votes that change at instants, and a place that keeps what
// was decided.
#pragma once

#include <cctype>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "agent/incident/decide.h"

namespace vedette::incident::test {

using detect::State;

inline constexpr Instant ten_oclock{std::chrono::sys_days{std::chrono::year{2026} / 11 / 8} +
                                    std::chrono::hours{10}};
inline Instant at(int seconds) {
  return ten_oclock + std::chrono::seconds{seconds};
}

// What one vote shall say.
struct Word {
  State state = State::up;
  int since = 0;    // seconds after ten o'clock
  int settled = 0;  // likewise
  std::optional<Reason> reason = {};
};

class World {
 public:
  Policy policy;
  Situation situation;

  explicit World(std::vector<std::string> components = {"Login"}) {
    policy.update_every = {};  // silence means that nothing was missing
    situation.group = "Portal";
    for (const std::string& name : components) add_component(name);
  }

  void add_component(const std::string& name) {
    Component component;
    component.id = id_of(name);
    component.name = name;
    component.group = "Portal";
    situation.components.push_back(component);
  }

  void remove_component(const std::string& name) {
    std::erase_if(situation.components, [&](const auto& one) { return one.name == name; });
    std::erase_if(situation.votes, [&](const auto& vote) { return vote.component == id_of(name); });
  }

  // The vote of "NAME-check" of the component, or of another check.
  void vote(const std::string& component, const Word& word, const std::string& region = "eu-west",
            const std::string& check = "check") {
    Vote& one = entry(id_of(component) + "-" + check, region);
    one.component = id_of(component);
    one.probe = "http";
    one.verdict = {word.state, at(word.since), at(word.settled), word.reason, ""};
    if (!word.reason) return;
    one.verdict.message = "10.1.2.3: " + std::string(text(*word.reason));
    one.verdict.evidence = "remote_address: 10.1.2.3\n> GET /";
  }

  void fails(const std::string& component, int since, const std::string& region = "eu-west",
             const std::string& check = "check") {
    vote(component, {State::down, since, since + 3, Reason::connect_refused}, region, check);
  }

  void passes(const std::string& component, int since, const std::string& region = "eu-west",
              const std::string& check = "check") {
    vote(component, {State::up, since, since + 3}, region, check);
  }

  void blind(const std::string& component, int since, const std::string& region = "eu-west",
             const std::string& check = "check") {
    vote(component, {State::unknown, since, since, Reason::agent_blind}, region, check);
  }

  // Decides at that second and keeps the result, as a store does.
  std::optional<Incident> decide_at(int seconds) {
    auto next = decide(situation, policy, at(seconds));
    if (next) keep(*next);
    return next;
  }

  void keep(const Incident& next) {
    if (next.is_open()) {
      situation.open = next;
      if (situation.last_resolved && situation.last_resolved->id == next.id) {
        situation.last_resolved.reset();
      }
    } else {
      situation.last_resolved = next;
      situation.open.reset();
    }
  }

  const Incident& incident() const {
    return situation.open ? *situation.open : situation.last_resolved.value();
  }

  // The newest public entry.
  const Update& told() const {
    const auto& updates = incident().updates;
    for (auto update = updates.rbegin(); update != updates.rend(); ++update) {
      if (update->is_public) return *update;
    }
    throw std::logic_error("nothing was told");
  }

  static std::string id_of(std::string name) {
    for (char& c : name) c = c == ' ' ? '-' : static_cast<char>(std::tolower(c));
    return name;
  }

 private:
  Vote& entry(const std::string& check, const std::string& region) {
    for (Vote& vote : situation.votes) {
      if (vote.check == check && vote.region == region) return vote;
    }
    Vote& vote = situation.votes.emplace_back();
    vote.check = check;
    vote.region = region;
    return vote;
  }
};

// Down at 10:02:11, opened at 10:02:15.
inline World failing_login() {
  World world;
  world.fails("Login", 131);
  world.decide_at(135);
  return world;
}

// That, up again at 10:05:00.
inline World recovered_login() {
  World world = failing_login();
  world.passes("Login", 300);
  world.decide_at(304);
  return world;
}

}  // namespace vedette::incident::test
