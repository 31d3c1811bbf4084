// SPDX-License-Identifier: Apache-2.0
// What people do to incidents. Each appends to the timeline under the person's name; what would
// change nothing changes nothing, so that a repeated request does no harm. An error is one sentence
// for the person. Pure.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "agent/incident/model.h"

namespace vedette::incident {

struct Actor {
  std::string name;
  Instant now{};
};

using Acted = std::expected<Incident, std::string>;
using ActedOnTwo = std::expected<std::vector<Incident>, std::string>;

Acted acknowledge(Incident incident, const Actor& actor);
Acted comment(Incident incident, const std::string& text, bool is_public, const Actor& actor);
// investigating, identified or monitoring; an empty text says it in our own words.
Acted set_status(Incident incident, Status status, const std::string& text, const Actor& actor);
// Nothing: it follows from what fails again.
Acted set_impact(Incident incident, std::optional<Impact> impact, const Actor& actor);
// Rules out what an internal entry says: a hypothesis. Internal too.
Acted strike_out(Incident incident, int sequence, const std::string& why, const Actor& actor);
// What fails now does not open it again; a failure that begins later does.
Acted resolve(Incident incident, const std::string& text, const Actor& actor);
Acted reopen(Incident incident, const std::string& text, const Actor& actor);
Acted retitle(Incident incident, const std::string& title, const Actor& actor);
// Only of a resolved one, which stays resolved at the instant at which it was. Markdown.
Acted publish_postmortem(Incident incident, const std::string& text, const Actor& actor);

// One that no check has found.
struct Opening {
  std::string title, text;
  std::optional<Impact> impact;               // nothing: it follows from the components
  std::vector<IncidentComponent> components;  // id, name and status count
  std::string group;                          // of the first component; empty: it has none
};
Acted open_by_hand(const Opening& opening, const std::vector<Incident>& open, const Actor& actor);

// The source is closed; its components go on in the target.
ActedOnTwo merge(Incident source, Incident target, const Actor& actor);
// These components leave for an incident of their own.
ActedOnTwo split(Incident whole, const std::vector<std::string>& components, const Actor& actor);

}  // namespace vedette::incident
