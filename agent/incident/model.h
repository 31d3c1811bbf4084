// SPDX-License-Identifier: Apache-2.0
// The words of an incident: statuses, impacts, the timeline. Plain data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/detect/verdict.h"
#include "probes/clock.h"

namespace vedette::incident {

enum class ComponentStatus : std::uint8_t {
  operational,
  degraded_performance,
  partial_outage,
  major_outage,
  under_maintenance
};
enum class Impact : std::uint8_t { none, minor, major, critical };
enum class Status : std::uint8_t { investigating, identified, monitoring, resolved, postmortem };

std::string_view text(ComponentStatus status);
std::string_view text(Impact impact);
std::string_view text(Status status);
std::optional<ComponentStatus> parse_component_status(std::string_view text);
std::optional<Impact> parse_impact(std::string_view text);
std::optional<Status> parse_status(std::string_view text);

// What customers see on the status page, as configured.
struct Component {
  std::string id;
  std::string name;
  std::string group;  // empty: stands alone
  std::string description;
  std::vector<std::string> depends_on;
  bool internal = false;              // ours, not the customers': no page shows it
  Impact ceiling = Impact::critical;  // at most so bad is an outage of it, whatever fails

  // The key under which outages are joined into one incident: the group, or the component alone.
  const std::string& incident_group() const { return group.empty() ? id : group; }
};

// What one check in one region says about its component.
struct Vote {
  std::string check;
  std::string region;
  std::string component;
  std::string probe;
  detect::Verdict verdict;
  std::string variant{};  // of a check that has several; part of `check` too
  int weight = 1;         // beside other votes of its component; 1 to 100
};

struct AffectedComponent {
  std::string component;
  std::string name;
  ComponentStatus old_status = ComponentStatus::operational;
  ComponentStatus new_status = ComponentStatus::operational;
  bool operator==(const AffectedComponent&) const = default;
};

inline constexpr std::string_view agent_author = "agent";

// One entry of the timeline. Never changed once written.
struct Update {
  int sequence = 0;  // from 1, no holes
  Instant at{};
  Status status = Status::investigating;
  std::string text;
  bool is_public = true;
  std::string author{agent_author};
  std::vector<AffectedComponent> affected;  // every component of the incident at that update
  int strikes = 0;  // the sequence number of an entry that this one rules out; 0: none
  bool operator==(const Update&) const = default;
};

struct IncidentComponent {
  std::string component;
  std::string name;
  ComponentStatus status = ComponentStatus::operational;
  Instant added{};
  std::optional<Instant> recovered;
  bool operator==(const IncidentComponent&) const = default;
};

struct Incident {
  std::string id;  // 12 characters of [a-z0-9]
  std::string group;
  std::string title;
  Impact impact = Impact::none;  // as it is now; once nothing fails any more, the worst there was
  Status status = Status::investigating;
  Instant impact_began{};  // first failing sample
  Instant detected{};      // the verdict was settled
  Instant opened{};
  std::optional<Instant> mitigated;  // first entry into monitoring, cleared when it fails again
  std::optional<Instant> resolved;
  std::string detected_by;            // "check portal-login in eu-west", "Ann"
  Impact worst = Impact::none;        // the worst that `impact` ever was
  std::optional<Impact> held_impact;  // set by a person, and so until a person says otherwise
  std::string acknowledged_by;        // empty: nobody has
  std::string merged_into;            // id of the incident that goes on with it
  std::vector<IncidentComponent> components;
  std::vector<Update> updates;  // by sequence, oldest first

  bool is_open() const { return !resolved.has_value(); }
  bool operator==(const Incident&) const = default;
};

}  // namespace vedette::incident
