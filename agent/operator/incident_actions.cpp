// SPDX-License-Identifier: Apache-2.0
#include "agent/operator/incident_actions.h"

#include <array>

namespace vedette::operators {
namespace {

using incident::Actor;
using incident::Incident;
using incident::Maintenance;

ActOnIncident read_comment(Fields& fields) {
  const auto text = fields.needed_text("text");
  const bool is_public = fields.boolean("public", false);
  return [=](const Incident& one, const Actor& who) {
    return incident::comment(one, text, is_public, who);
  };
}

ActOnIncident read_status(Fields& fields) {
  const auto status = fields.word("status", incident::parse_status);
  const auto text = fields.text("text");
  if (!status) fields.complain("status", "must be investigating, identified or monitoring");
  return [=](const Incident& one, const Actor& who) {
    return incident::set_status(one, *status, text, who);
  };
}

ActOnIncident read_impact(Fields& fields) {
  const bool released = fields.is_null("impact");
  const auto impact = released ? std::nullopt : fields.word("impact", incident::parse_impact);
  if (!released && !impact)
    fields.complain("impact", "must be none, minor, major or critical, or null to release it");
  return
      [=](const Incident& one, const Actor& who) { return incident::set_impact(one, impact, who); };
}

ActOnIncident read_strike(Fields& fields) {
  const auto sequence = fields.integer("sequence");
  const auto why = fields.text("text");
  if (!sequence || *sequence < 1 || *sequence > 1'000'000)
    fields.complain("sequence", "must be the number of an entry");
  return [=](const Incident& one, const Actor& who) {
    return incident::strike_out(one, static_cast<int>(*sequence), why, who);
  };
}

ActOnIncident read_title(Fields& fields) {
  const auto title = fields.needed_text("title");
  return [=](const Incident& one, const Actor& who) { return incident::retitle(one, title, who); };
}

ActOnIncident read_acknowledge(Fields&) {
  return incident::acknowledge;
}

template <auto act>
ActOnIncident read_with_text(Fields& fields) {
  const auto text = fields.text("text");
  return [=](const Incident& one, const Actor& who) { return act(one, text, who); };
}

constexpr std::array incidents{
    IncidentAction{"acknowledge", read_acknowledge},
    IncidentAction{"comment", read_comment},
    IncidentAction{"status", read_status},
    IncidentAction{"impact", read_impact},
    IncidentAction{"strike", read_strike},
    IncidentAction{"title", read_title},
    IncidentAction{"resolve", read_with_text<incident::resolve>},
    IncidentAction{"reopen", read_with_text<incident::reopen>},
    IncidentAction{"postmortem", read_with_text<incident::publish_postmortem>},
};

ActOnMaintenance read_until(Fields& fields) {
  const auto until = fields.instant("until");
  if (!until) fields.complain("until", "is needed");
  return [=](const Maintenance& one, const Actor& who) {
    return incident::ending_at(one, *until, who.name, who.now);
  };
}

ActOnMaintenance read_maintenance_comment(Fields& fields) {
  const auto text = fields.needed_text("text");
  return [=](const Maintenance& one, const Actor& who) {
    return incident::commented(one, text, who.name, who.now);
  };
}

template <auto act>
ActOnMaintenance read_nothing(Fields&) {
  return [](const Maintenance& one, const Actor& who) { return act(one, who.name, who.now); };
}

constexpr std::array maintenances{
    MaintenanceAction{"extend", read_until},
    MaintenanceAction{"end", read_nothing<incident::ended>},
    MaintenanceAction{"cancel", read_nothing<incident::cancelled>},
    MaintenanceAction{"comment", read_maintenance_comment},
};

}  // namespace

std::span<const IncidentAction> incident_actions() {
  return incidents;
}

std::span<const MaintenanceAction> maintenance_actions() {
  return maintenances;
}

}  // namespace vedette::operators
