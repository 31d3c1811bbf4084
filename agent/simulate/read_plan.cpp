// SPDX-License-Identifier: Apache-2.0
#include "agent/simulate/read_plan.h"

#include <algorithm>

#include <fmt/ranges.h>

#include "agent/settings/read_changes.h"
#include "agent/settings/read_components.h"
#include "agent/settings/read_policies.h"
#include "agent/settings/settings.h"
#include "agent/settings/words.h"
#include "config/suggest.h"
#include "probes/registry/registry.h"

namespace vedette::simulate {
namespace {

using config::Node;
using config::Problems;
using config::Section;

constexpr Duration longest{std::chrono::hours{24}};

std::string fingerprint(const CheckPlan& check) {
  const auto pace = check.after_change.value_or(schedule::Pace{{}, {}});
  return fmt::format("{} {} {} {} {} {} {} {}", check.component, check.weight, check.every.count(),
                     check.timeout.count(), detect::fingerprint(check.detect),
                     fmt::join(check.regions, ","), pace.every.count(), pace.lasting.count());
}

// One for each variant, named as the agent names them.
std::vector<CheckPlan> expand(const CheckPlan& check, const std::vector<std::string>& variants) {
  if (variants.empty()) return {check};
  std::vector<CheckPlan> all;
  for (const std::string& variant : variants) {
    CheckPlan& one = all.emplace_back(check);
    one.name = fmt::format("{}[{}]", check.name, variant);
    one.variant = variant;
  }
  return all;
}

// As in a configuration: what leaves traces at the other side runs once.
schedule::Pace usual_pace(const std::string& probe) {
  schedule::Pace pace;
  const auto type = std::ranges::find(probe_types(), probe, &ProbeType::name);
  if (type != probe_types().end() && type->leaves_traces) pace.lasting = {};
  return pace;
}

std::vector<CheckPlan> read_check(const Node& node, const Plan& plan, Problems& problems) {
  Section section(node, "a check", problems);
  CheckPlan check;
  check.name = settings::read_name(section, "name");
  check.component = section.required_text("component");
  check.weight = static_cast<int>(section.integer("weight", 1, 1, 100));
  check.probe = section.text("probe", check.probe);
  const auto variants = section.texts("variants");
  check.every = section.duration("every", check.every, Duration{100}, longest);
  const Duration usual = std::min(check.timeout, check.every);
  check.timeout = section.duration("timeout", usual, Duration{10}, check.every);
  check.detect = settings::fitted(settings::read_detect(section, {}), check.every);
  check.after_change = settings::read_after_change(section, usual_pace(check.probe));
  check.regions = section.texts("regions");
  if (check.regions.empty()) check.regions = {"default"};
  section.finish();
  check.fingerprint = fingerprint(check);

  std::vector<std::string> ids;
  for (const incident::Component& one : plan.components) ids.push_back(one.id);
  if (!check.component.empty() && std::ranges::find(ids, check.component) == ids.end()) {
    problems.add(section.find("component")->place,
                 fmt::format("there is no component {}{}", config::quote(check.component),
                             config::did_you_mean(check.component, ids)));
  }
  return expand(check, variants);
}

std::vector<CheckPlan> read_checks(Section& section, const Plan& plan) {
  std::vector<CheckPlan> checks;
  settings::Names names("check");
  for (const Node& item : settings::items_of(section, "checks")) {
    for (CheckPlan& check : read_check(item, plan, section.problems())) {
      names.add(check.name, item.place, section.problems());
      checks.push_back(std::move(check));
    }
  }
  return checks;
}

// What stands in the scenario takes the place of what was there before.
void read_sections(Section& section, Plan& plan) {
  if (section.find("components")) plan.components = settings::read_components(section);
  if (section.find("checks")) plan.checks = read_checks(section, plan);
  if (section.find("incidents")) plan.incidents = settings::read_incidents(section);
}

CheckPlan plan_of(const settings::Check& check, const std::string& region) {
  CheckPlan plan;
  plan.name = check.name;
  plan.component = check.component;
  plan.variant = check.variant;
  plan.weight = check.weight;
  if (check.type) plan.probe = check.type->name;
  plan.every = check.every;
  plan.timeout = check.timeout;
  plan.detect = check.detect;
  plan.after_change = check.after_change;
  plan.regions = {region};
  plan.fingerprint = check.fingerprint;
  return plan;
}

// Its problems are told with their own places, in the file that has them.
Plan load_config(Section& section, const std::filesystem::path& folder) {
  for (const std::string_view key : {"components", "checks", "incidents"}) {
    if (const Node* node = section.find(key)) {
      section.problems().add(node->place, fmt::format("{} come from config already", key));
    }
  }
  const auto settings =
      settings::load(folder / section.required_text("config"), section.problems());
  if (!settings) return {};
  Plan plan{settings->components, {}, settings->incidents};
  for (const settings::Check& check : settings->checks) {
    plan.checks.push_back(plan_of(check, settings->agent.region));
  }
  return plan;
}

// A check whose component was taken away by the reload.
void check_components(const Plan& plan, const config::Place& place, Problems& problems) {
  for (const CheckPlan& check : plan.checks) {
    if (std::ranges::count(plan.components, check.component, &incident::Component::id) > 0)
      continue;
    problems.add(place, fmt::format("the check {} is left without its component {}",
                                    config::quote(check.name), config::quote(check.component)));
  }
}

}  // namespace

Plan read_plan(Section& section, const std::filesystem::path& folder) {
  if (section.find("config")) return load_config(section, folder);
  Plan plan;
  section.require("components");
  section.require("checks");
  read_sections(section, plan);
  return plan;
}

Plan read_reload(const Node& node, Plan before, const std::filesystem::path& folder,
                 Problems& problems) {
  Section section(node, "reload", problems);
  if (section.find("config")) {
    before = load_config(section, folder);
  } else {
    read_sections(section, before);
    if (!section.find("checks")) check_components(before, node.place, problems);
  }
  section.finish();
  return before;
}

}  // namespace vedette::simulate
