// SPDX-License-Identifier: Apache-2.0
// Maintenances that the configuration announces, once or again and again.
#pragma once

#include <string>
#include <vector>

#include "agent/calendar/schedule.h"
#include "agent/incident/maintenance.h"
#include "config/node.h"

namespace vedette::settings {

struct PlannedMaintenance {
  std::string name;  // of the series
  std::string title, description;
  std::vector<std::string> components;  // ids
  std::vector<std::string> names;       // of these components, for people
  calendar::Schedule schedule;
  Duration verify_for{};
};

// The section `maintenances` of the configuration, after the components were read.
std::vector<PlannedMaintenance> read_maintenances(
    config::Section& top, const std::vector<incident::Component>& components);

// So far ahead windows are announced.
inline constexpr std::chrono::days announced_ahead{14};

// The windows that begin until then, or are not over yet.
std::vector<incident::Maintenance> occurrences(const std::vector<PlannedMaintenance>& planned,
                                               Instant now);

}  // namespace vedette::settings
