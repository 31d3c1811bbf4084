// SPDX-License-Identifier: Apache-2.0
// A rehearsal as written down: what is configured, what goes wrong when, and what shall be told.
// Plain data.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "agent/detect/detector.h"
#include "agent/incident/decide.h"
#include "agent/schedule/timetable.h"
#include "agent/simulate/deed.h"
#include "config/problems.h"
#include "probes/outcome.h"

namespace vedette::simulate {

// A check as far as a rehearsal needs it: when it runs and how its results are judged.
struct CheckPlan {
  std::string name;
  std::string component;
  std::string probe = "http";
  std::string variant;  // part of the name too
  int weight = 1;
  Duration every{30'000};
  Duration timeout{5'000};
  detect::Policy detect;
  std::vector<std::string> regions;
  std::optional<schedule::Pace> after_change = schedule::Pace{};  // nothing: it does not hurry
  std::string fingerprint;  // equal means "unchanged by the reload"
};

// What the configuration says at one time.
struct Plan {
  std::vector<incident::Component> components;
  std::vector<CheckPlan> checks;
  incident::Policy incidents;
};

// From `from` to before `until`, runs of these checks in these regions have this outcome.
struct Fault {
  Instant from{};
  Instant until{};
  std::vector<std::string> checks;   // empty: all
  std::vector<std::string> regions;  // empty: all
  std::optional<Outcome> outcome;    // nothing: as it would be, but slow
  std::optional<Reason> reason;
  std::string message;
  std::string step;    // of a flow
  int every_nth = 1;   // the first run of a check, and every n-th after it
  double share = 1;    // of these runs; which ones is chance, but the same in each rehearsal
  bool hides = true;   // where it does not strike, faults before it in the list do not either
  Duration takes{50};  // how long a run takes
};

// What was done, as somebody records it, or as a check sees it.
struct ChangeEvent {
  Instant recorded{};
  incident::Change change;
};

// The agents are killed at `at`, and start again `away` later with what the store knows.
struct Restart {
  Instant at{};
  Duration away{};
};

// The configuration from then on.
struct Reload {
  Instant at{};
  Plan plan;
};

struct Expectation {
  config::Place place;
  Instant at{};
  Duration within{};
  bool is_public = true;
  std::optional<std::string> group;
  std::optional<incident::Status> status;
  std::optional<incident::Impact> impact;
  std::vector<std::string> text;      // each is contained
  std::vector<std::string> not_text;  // none is contained
  std::map<std::string, incident::ComponentStatus> components;
};

struct Scenario {
  std::string name;
  Instant start{};
  Instant end{};
  Plan plan;
  std::vector<Fault> faults;  // a later one outweighs an earlier one
  std::vector<Restart> restarts;
  std::vector<Reload> reloads;
  std::vector<ChangeEvent> changes;
  std::vector<incident::Announcement> maintenances;  // announced at the start
  std::vector<Deed> deeds;
  std::optional<std::vector<Expectation>> expect;
  bool others_allowed = false;  // public updates that no expectation names are no difference
};

}  // namespace vedette::simulate
