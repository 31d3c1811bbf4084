// SPDX-License-Identifier: Apache-2.0
// A scheduled window over named components, as people are told of it. Plain data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/incident/model.h"

namespace vedette::incident {

enum class MaintenanceStatus : std::uint8_t { scheduled, in_progress, verifying, completed };

std::string_view text(MaintenanceStatus status);

// One entry of its timeline. Never changed once written.
struct MaintenanceUpdate {
  int sequence = 0;  // from 1, no holes
  Instant at{};
  MaintenanceStatus status = MaintenanceStatus::scheduled;
  std::string text;
  std::string author{agent_author};
};

struct Maintenance {
  std::string id;      // 12 characters of [a-z0-9]; no incident has it
  std::string series;  // the name of the configured one that it is an occurrence of; empty: none
  std::string title;
  MaintenanceStatus status = MaintenanceStatus::scheduled;
  Instant created{};
  Instant scheduled_for{}, scheduled_until{};
  Duration verify_for{};         // after its end what fails is still ours, and told to nobody
  std::optional<Instant> began;  // in progress since
  std::optional<Instant> completed;
  std::string author;                      // a token's name, or "configuration"
  std::vector<std::string> components;     // ids
  std::vector<MaintenanceUpdate> updates;  // oldest first; never empty
};

}  // namespace vedette::incident
