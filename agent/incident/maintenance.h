// SPDX-License-Identifier: Apache-2.0
// A scheduled window over named components, as people are told of it, and how it goes on. Pure.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/incident/model.h"

namespace vedette::incident {

enum class MaintenanceStatus : std::uint8_t { scheduled, in_progress, verifying, completed };

std::string_view text(MaintenanceStatus status);
std::optional<MaintenanceStatus> parse_maintenance_status(std::string_view text);

// One entry of its timeline. Never changed once written.
struct MaintenanceUpdate {
  int sequence = 0;  // from 1, no holes
  Instant at{};
  MaintenanceStatus status = MaintenanceStatus::scheduled;
  std::string text;
  std::string author{agent_author};
  bool operator==(const MaintenanceUpdate&) const = default;
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
  bool operator==(const Maintenance&) const = default;
};

// What is announced. `names` are those of the components, for people.
struct Announcement {
  std::string series, title, description, author;
  std::vector<std::string> components, names;
  Instant begin{}, end{};
  Duration verify_for{};
};

// With its first entry. The id follows from series, title and begin: announced twice, it is one.
Maintenance announced(const Announcement& what, Instant now);

// As it is at `now`: begun, being verified, completed, with an entry for each that is missing, at
// the instant at which it was due. Twice gives the same.
Maintenance advanced(Maintenance maintenance, Instant now);

// What people do. The error is one sentence for them.
using Amendment = std::expected<Maintenance, std::string>;
// `until` must be after now; may also be earlier than planned.
Amendment ending_at(Maintenance maintenance, Instant until, const std::string& author, Instant now);
// Over now: completed, or being verified when that was asked for.
Amendment ended(Maintenance maintenance, const std::string& author, Instant now);
// Only before it began.
Amendment cancelled(Maintenance maintenance, const std::string& author, Instant now);
Amendment commented(Maintenance maintenance, const std::string& text, const std::string& author,
                    Instant now);

}  // namespace vedette::incident
