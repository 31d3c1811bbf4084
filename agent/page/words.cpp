// SPDX-License-Identifier: Apache-2.0
#include "agent/page/words.h"

#include <algorithm>
#include <array>

#include "agent/brand/fill.h"

namespace vedette::page {
namespace {

using brand::fill;
using incident::ComponentStatus;

// The words of a closed list, by the values of its enum.
template <class Enum, std::size_t N>
const std::string& pick(const Strings& strings,
                        const std::array<std::string Strings::*, N>& members, Enum value) {
  return strings.*members.at(static_cast<std::size_t>(value));
}

struct Tally {
  std::vector<std::string> names;  // of the components in this status
  std::size_t total = 0;
};

Tally tally(const View& view, ComponentStatus status) {
  Tally tally;
  for (const auto& component : view.components) {
    if (component.is_group) continue;
    ++tally.total;
    if (component.status == status) tally.names.push_back(component.name);
  }
  return tally;
}

// Fits after "affecting", whether the names are singular or plural.
std::string affected_words(const Strings& strings, const Tally& tally) {
  const auto& names = tally.names;
  if (names.size() == 1) return names[0];
  if (names.size() == tally.total) return strings.all_systems;
  if (names.size() == 2) {
    return fill(strings.two_systems, {{"first", names[0]}, {"second", names[1]}});
  }
  return fill(strings.some_systems,
              {{"count", std::to_string(names.size())}, {"total", std::to_string(tally.total)}});
}

std::string trouble_words(const Strings& strings, ComponentStatus status, const Tally& affected) {
  const auto components = affected_words(strings, affected);
  if (status == ComponentStatus::under_maintenance) {
    return fill(strings.maintenance_affects, {{"components", components}});
  }
  return fill(strings.something_affects,
              {{"what", words(strings, status)}, {"components", components}});
}

const std::string& kind_words(const Strings& strings, incident::Impact impact) {
  static constexpr std::array members{&Strings::kind_none, &Strings::kind_minor,
                                      &Strings::kind_major, &Strings::kind_critical};
  return pick(strings, members, impact);
}

}  // namespace

const std::string& words(const Strings& strings, uptime::Condition condition) {
  static constexpr std::array members{&Strings::operational,       &Strings::degraded_performance,
                                      &Strings::partial_outage,    &Strings::major_outage,
                                      &Strings::under_maintenance, &Strings::unknown};
  return pick(strings, members, condition);
}

const std::string& words(const Strings& strings, ComponentStatus status) {
  return words(strings, uptime::condition_of(status));
}

const std::string& words(const Strings& strings, incident::Impact impact) {
  static constexpr std::array members{&Strings::impact_none, &Strings::impact_minor,
                                      &Strings::impact_major, &Strings::impact_critical};
  return pick(strings, members, impact);
}

const std::string& words(const Strings& strings, incident::Status status) {
  static constexpr std::array members{&Strings::investigating, &Strings::identified,
                                      &Strings::monitoring, &Strings::resolved,
                                      &Strings::postmortem};
  return pick(strings, members, status);
}

const std::string& words(const Strings& strings, incident::MaintenanceStatus status) {
  static constexpr std::array members{&Strings::scheduled, &Strings::in_progress,
                                      &Strings::verifying, &Strings::completed};
  return pick(strings, members, status);
}

std::string list_words(const Strings& strings, const std::vector<std::string>& names,
                       std::size_t most) {
  if (names.size() == 2 && most >= 2) {
    return fill(strings.two_systems, {{"first", names[0]}, {"second", names[1]}});
  }
  // "and 1 more" would take no less room than the name itself.
  const auto shown = names.size() <= most + 1 ? names.size() : most;
  std::string list;
  const auto commas = shown == names.size() && shown > 1 ? shown - 1 : shown;
  for (std::size_t i = 0; i < commas; ++i) list += (i == 0 ? "" : ", ") + names[i];
  if (commas < shown) {
    return fill(strings.two_systems, {{"first", list}, {"second", names.back()}});
  }
  if (shown == names.size()) return list;
  return fill(strings.and_more, {{"list", list}, {"count", std::to_string(names.size() - shown)}});
}

std::string headline(const View& view) {
  const auto& strings = view.strings();
  for (const auto status :
       {ComponentStatus::major_outage, ComponentStatus::partial_outage,
        ComponentStatus::degraded_performance, ComponentStatus::under_maintenance}) {
    const auto affected = tally(view, status);
    if (!affected.names.empty()) return trouble_words(strings, status, affected);
  }
  const bool open = std::ranges::any_of(
      view.incidents, [](const auto& shown) { return shown.incident->is_open(); });
  if (open) return strings.all_recovered;
  if (std::ranges::none_of(view.components, &ComponentView::known)) return strings.waiting;
  const bool any_visible = std::ranges::any_of(view.components, &ComponentView::visible);
  return any_visible ? strings.all_operational : strings.all_unknown;
}

std::string summary_sentence(const View& view, const incident::Incident& incident) {
  const auto& strings = view.strings();
  std::vector<std::string> names;
  for (const auto& component : incident.components) names.push_back(component.name);
  std::string list, affecting;
  if (names.size() > 3) {
    list = fill(strings.more_components, {{"list", names[0] + ", " + names[1]},
                                          {"count", std::to_string(names.size() - 2)}});
  } else {
    list = list_words(strings, names, 3);
  }
  if (!list.empty()) affecting = fill(strings.affecting_part, {{"components", list}});
  const auto span = incident.resolved.value_or(view.now) - incident.impact_began;
  return fill(incident.resolved ? strings.had_incident : strings.has_incident,
              {{"page", view.site->brand.name},
               {"kind", kind_words(strings, incident.impact)},
               {"date", date_words(view.site->brand, incident.impact_began)},
               {"affecting", affecting},
               {"duration", short_duration(span)}});
}

}  // namespace vedette::page
