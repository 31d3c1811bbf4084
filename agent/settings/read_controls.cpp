// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "agent/settings/controls.h"
#include "agent/settings/words.h"

namespace vedette::settings {
namespace {

using config::Section;

ControlTarget read_target(const config::Node& node, Names& names, std::span<const ProbeType> types,
                          config::Problems& problems) {
  Section section(node, "a control", problems);
  ControlTarget target;
  target.name = read_name(section, "name");
  if (!target.name.empty()) names.add(target.name, section.find("name")->place, problems);
  std::vector<std::string> known;
  int given = 0;
  for (const ProbeType& type : types) {
    known.emplace_back(type.name);
    const auto* probe = section.find(type.name);
    if (probe == nullptr || ++given > 1) continue;
    target.probe = type.parse(*probe, problems);
  }
  if (given != 1) {
    problems.add(section.place(), fmt::format("a control needs one probe: one of the keys {}",
                                              fmt::join(known, ", ")));
  }
  section.finish();
  return target;
}

// A gateway that answers does not prove that the line behind it does: more than half. Of two, one,
// or the outage of either would make the agent blind.
std::size_t usually_needed(std::size_t targets) {
  return targets > 2 ? targets / 2 + 1 : 1;
}

}  // namespace

Controls read_controls(Section& agent, std::span<const ProbeType> types) {
  Controls controls;
  const auto* node = agent.find("controls");
  if (node == nullptr) return controls;
  Section section(*node, "controls", agent.problems());
  Names names("control");
  section.require("targets");
  for (const auto& item : items_of(section, "targets"))
    controls.targets.push_back(read_target(item, names, types, agent.problems()));
  controls.every = section.duration("every", controls.every, Duration(1'000), Duration(3'600'000));
  controls.timeout = section.duration("timeout", controls.timeout, Duration(100), Duration(30'000));
  const auto most = static_cast<std::int64_t>(std::max<std::size_t>(controls.targets.size(), 1));
  const auto usual = static_cast<std::int64_t>(usually_needed(controls.targets.size()));
  controls.needed = static_cast<std::size_t>(section.integer("needed", usual, 1, most));
  section.finish();
  if (controls.targets.size() == 1) {
    agent.problems().add(
        section.place(),
        "one control alone proves little: when that one is down, the agent would "
        "take itself for blind; name at least two that do not depend on each other");
  }
  return controls;
}

}  // namespace vedette::settings
