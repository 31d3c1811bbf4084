// SPDX-License-Identifier: Apache-2.0
// The whole configuration, typed and checked. Immutable once loaded; a reload makes a new one.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/detect/detector.h"
#include "agent/incident/decide.h"
#include "agent/incident/model.h"
#include "config/problems.h"
#include "config/secret.h"
#include "probes/probe.h"
#include "probes/probe_type.h"

namespace vedette::settings {

struct Token {
  std::string name;
  Secret value;
};

struct Agent {
  std::string name;    // of this agent; default: the host's name
  std::string region = "default";
  std::string listen = "127.0.0.1:9876";  // address:port; port 0: any free one
  std::string store;   // "sqlite:PATH"; default sqlite:/var/lib/vedette/vedette.db
  std::vector<Token> tokens;
  int shards = 0;           // 0: one per core
  int concurrent_runs = 256;  // per shard
  std::string public_url;   // of the status page, for links; default: http://LISTEN
};

struct Page {
  std::string name = "Status";
};

struct Check {
  std::string name;
  std::string component;
  Duration every{30'000};
  Duration timeout{5'000};
  detect::Policy detect;
  const ProbeType* type = nullptr;
  std::shared_ptr<const Probe> probe;
  std::string fingerprint;  // of everything that defines the check: equal means "unchanged by the reload"
};

struct Settings {
  Agent agent;
  Page page;
  std::vector<incident::Component> components;
  std::vector<Check> checks;
  incident::Policy incidents;
};

// Reads, checks, and reports every problem at once. Null exactly when there were problems.
std::shared_ptr<const Settings> load(const std::filesystem::path& path, config::Problems& problems);

}  // namespace vedette::settings
