// SPDX-License-Identifier: Apache-2.0
#include "agent/settings/read_checks.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <unordered_set>

#include <fmt/format.h>

#include "agent/settings/expand.h"
#include "agent/settings/fingerprint.h"
#include "agent/settings/read_changes.h"
#include "agent/settings/read_policies.h"
#include "agent/settings/words.h"
#include "config/suggest.h"

namespace vedette::settings {
namespace {

using namespace std::chrono_literals;
using config::Section;

constexpr Duration shortest_interval = 100ms;
constexpr Duration longest_interval = 24h;
constexpr Duration shortest_timeout = 10ms;
constexpr Duration usual_timeout = 5s;

// What the checks have where they say nothing.
struct Defaults {
  Duration every = 30s;
  std::optional<Duration> timeout;  // nothing: the usual one, or `every` when that is shorter
  detect::Policy detect;
  std::optional<schedule::Pace> after_change = schedule::Pace{};
};

// What all checks need to be read.
struct Context {
  std::span<const ProbeType> types;
  std::vector<std::string> type_names;
  std::vector<std::string> components;
  std::unordered_set<std::string_view> known_components;
  Defaults defaults;
};

Defaults read_defaults(Section& top) {
  Defaults defaults;
  const auto* node = top.find("defaults");
  if (node == nullptr) return defaults;
  Section section(*node, "defaults", top.problems());
  defaults.every = section.duration("every", defaults.every, shortest_interval, longest_interval);
  const auto timeout =
      section.duration("timeout", usual_timeout, shortest_timeout, longest_interval);
  if (section.find("timeout") != nullptr) defaults.timeout = timeout;
  defaults.detect = read_detect(section, defaults.detect);
  defaults.after_change = read_after_change(section, defaults.after_change);
  section.finish();
  return defaults;
}

Context make_context(Section& top, std::span<const ProbeType> types,
                     const std::vector<incident::Component>& components) {
  Context context{types, {}, {}, {}, read_defaults(top)};
  for (const auto& type : types) context.type_names.emplace_back(type.name);
  for (const auto& component : components) context.components.push_back(component.id);
  context.known_components.insert(context.components.begin(), context.components.end());
  return context;
}

// The one key of the check that names a type of probe, and its section.
struct ProbeSection {
  const ProbeType* type = nullptr;
  const config::Node* node = nullptr;
};

ProbeSection find_probe(Section& section, const Context& context) {
  ProbeSection found;
  for (const auto& type : context.types) {
    const auto* node = section.find(type.name);
    if (node == nullptr) continue;
    if (found.node == nullptr) {
      found = {&type, node};
      continue;
    }
    section.problems().add(node->place,
                           fmt::format("a check has one probe, but this one has both {} and {}",
                                       found.type->name, type.name));
  }
  return found;
}

void read_probe(Section& section, const Context& context, Check& check) {
  const auto [type, node] = find_probe(section, context);
  if (node == nullptr) {
    if (section.node().kind != config::Node::Kind::map) return;
    section.problems().add(section.place(), fmt::format("a check needs a probe: one of the keys {}",
                                                        fmt::join(context.type_names, ", ")));
    return;
  }
  check.type = type;
  check.probe = type->parse(*node, section.problems());
}

// A timeout that cuts off what the probe's own settings promise would fail it for ever.
void compare_timeout(Section& section, const Check& check) {
  const auto least = check.probe == nullptr ? Duration::zero() : check.probe->least_timeout();
  if (check.timeout >= least) return;
  const auto* own = section.find("timeout");
  section.problems().add(
      own != nullptr ? own->place : section.place(),
      fmt::format("the timeout ({}) is shorter than the {} probe needs with these settings ({})",
                  config::format_duration(check.timeout), check.type->name,
                  config::format_duration(least)));
}

void read_times(Section& section, const Defaults& defaults, Check& check) {
  check.every = section.duration("every", defaults.every, shortest_interval, longest_interval);
  const auto fallback = defaults.timeout.value_or(std::min(usual_timeout, check.every));
  check.timeout = section.duration("timeout", fallback, shortest_timeout, longest_interval);
  if (check.timeout <= check.every) return;
  const auto* own = section.find("timeout");
  const auto* every = section.find("every");
  section.problems().add(
      own != nullptr     ? own->place
      : every != nullptr ? every->place
                         : section.place(),
      fmt::format("the timeout ({}) is longer than the interval ({})",
                  config::format_duration(check.timeout), config::format_duration(check.every)));
}

void read_component_of(Section& section, const Context& context, Check& check) {
  check.component = section.required_text("component");
  if (check.component.empty() || section.problems().full()) return;
  // Where there are none at all, that has been told.
  if (context.components.empty() || context.known_components.contains(check.component)) return;
  section.problems().add(section.find("component")->place,
                         fmt::format("there is no component {}{}", config::quote(check.component),
                                     config::did_you_mean(check.component, context.components)));
}

// What costs something at the other side runs once, unless the check itself wants more.
void read_what_changes_do(Section& section, const Context& context, Check& check) {
  auto usual = context.defaults.after_change;
  if (usual && check.type != nullptr && check.type->leaves_traces) usual->lasting = {};
  check.after_change = read_after_change(section, usual);
  const auto* watched = section.find("watch_for_changes");
  if (watched != nullptr && check.type != nullptr)
    check.watched = sights::read_sights(*watched, check.type->name, section.problems());
}

Check read_check(const config::Node& node, const Context& context, Names& names,
                 config::Problems& problems) {
  Section section(node, "a check", problems);
  Check check;
  check.base = check.name = read_name(section, "name");
  if (!check.name.empty()) names.add(check.name, section.find("name")->place, problems);
  read_component_of(section, context, check);
  check.weight = static_cast<int>(section.integer("weight", check.weight, 1, 100));
  read_times(section, context.defaults, check);
  check.detect = fitted(read_detect(section, context.defaults.detect), check.every);
  read_probe(section, context, check);
  read_what_changes_do(section, context, check);
  compare_timeout(section, check);
  section.finish();
  return check;
}

}  // namespace

std::vector<Check> read_checks(Section& top, std::span<const ProbeType> types,
                               const std::vector<incident::Component>& components) {
  const auto context = make_context(top, types, components);
  Names names("check");
  std::vector<Check> checks;
  const auto& items = items_of(top, "checks");
  checks.reserve(items.size());
  for (const auto& item : items) {
    auto check = read_check(item, context, names, top.problems());
    if (check.type != nullptr) check.fingerprint = fingerprint(check, *item.find(check.type->name));
    std::ranges::move(expand(std::move(check)), std::back_inserter(checks));
  }
  if (checks.empty() &&
      (top.find("checks") == nullptr || top.find("checks")->kind == config::Node::Kind::list)) {
    top.problems().add(top.place(), "there are no checks");
  }
  return checks;
}

}  // namespace vedette::settings
