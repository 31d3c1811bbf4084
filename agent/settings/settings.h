// SPDX-License-Identifier: Apache-2.0
// The whole configuration, typed and checked. Immutable once loaded; a reload makes a new one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "agent/brand/brand.h"
#include "agent/detect/detector.h"
#include "agent/incident/decide.h"
#include "agent/incident/model.h"
#include "agent/receivers/receiver.h"
#include "agent/schedule/timetable.h"
#include "agent/settings/controls.h"
#include "agent/settings/maintenances.h"
#include "config/problems.h"
#include "config/secret.h"
#include "probes/probe.h"
#include "probes/probe_type.h"
#include "probes/sights/sight.h"

namespace vedette::settings {

struct Token {
  std::string name;
  Secret value;
};

// Where providers call the flows back.
struct Webhooks {
  std::string listen;  // an own address:port; empty: the agent's
  std::string url;  // what their addresses begin with, without a slash at the end; empty: that of
                    // the page, or of `listen`
};

// The pages as files, for a web server that outlives the agent.
struct Export {
  std::string directory;  // empty: none
  Duration every{60'000};
};

struct Agent {
  std::string name;                       // of this agent; default: the host's name
  std::string region = "default";         // the place it probes from
  std::string listen = "127.0.0.1:9876";  // address:port; port 0: any free one
  std::string store = "sqlite:/var/lib/vedette/vedette.db";  // "sqlite:PATH"
  std::vector<Token> tokens;
  int shards = 0;             // 0: one per core
  int concurrent_runs = 256;  // per shard
  std::string public_url;     // of the status page, for links; no slash at its end
  Webhooks webhooks;
  Export export_to;
  Controls controls;
};

struct Check {
  std::string name;     // that of no other check: `base`, or "base[variant]"
  std::string base;     // as configured
  std::string variant;  // empty: the check has none
  std::string component;
  int weight = 1;         // beside other checks of the component; 1 to 100
  bool internal = false;  // ours: it cleans up after the check `beside`
  std::string beside;     // they share what their probes share, so they run on one loop
  Duration every{30'000};
  Duration timeout{5'000};  // at most `every`
  detect::Policy detect;    // its confirm_after is at most `every`
  std::optional<schedule::Pace> after_change = schedule::Pace{};
  std::vector<sights::Sight> watched;  // for changes
  const ProbeType* type = nullptr;
  std::shared_ptr<const Probe> probe;
  // Of everything that defines the check, the values of its secrets included: equal means
  // "unchanged by the reload". Not to be shown: who has it can try whether a guessed secret fits.
  std::string fingerprint;
  std::uint64_t identity = 0;  // RunInput::identity

  // Checks with the same run on one loop: those of one base, and what cleans up after them.
  const std::string& loop_key() const { return beside.empty() ? base : beside; }
};

struct Settings {
  Agent agent;
  brand::Brand page;
  std::vector<incident::Component> components;
  std::vector<Check> checks;
  incident::Policy incidents;
  std::vector<PlannedMaintenance> maintenances;
  std::vector<receivers::Receiver> receivers;
};

// Reads, checks, and reports every problem at once. Null exactly when `problems` is not empty
// afterwards. `types` are the probes that a check can have; they outlive the settings.
std::shared_ptr<const Settings> load(const std::filesystem::path& path,
                                     std::span<const ProbeType> types, config::Problems& problems);

// With the probes of this program (probes/registry).
std::shared_ptr<const Settings> load(const std::filesystem::path& path, config::Problems& problems);

}  // namespace vedette::settings
