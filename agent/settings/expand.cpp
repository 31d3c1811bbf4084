// SPDX-License-Identifier: Apache-2.0
#include "agent/settings/expand.h"

#include <fmt/format.h>

namespace vedette::settings {
namespace {

using namespace std::chrono_literals;

constexpr Duration janitor_every = 10s;
constexpr Duration janitor_timeout = 10s;

Check variant_of(const Check& check, const Variant& variant) {
  Check one = check;
  one.variant = variant.name;
  one.name = fmt::format("{}[{}]", check.base, variant.name);
  one.probe = variant.probe;
  one.fingerprint += "/" + variant.name;
  return one;
}

// What it says is final: its probe has tried time and again before it speaks.
Check janitor_of(const Check& check, std::shared_ptr<const Probe> probe) {
  Check one = check;
  one.beside = check.base;
  one.base = one.name = check.base + " cleanup";
  one.component = one.base;
  one.internal = true;
  one.every = janitor_every;
  one.timeout = janitor_timeout;
  one.after_change.reset();
  one.watched.clear();
  one.detect = {};
  one.detect.failures = one.detect.of = one.detect.passes = 1;
  one.detect.intermittent.on = one.detect.flapping.on = false;
  one.probe = std::move(probe);
  one.fingerprint += "/cleanup";
  return one;
}

}  // namespace

std::vector<Check> expand(Check check) {
  std::vector<Check> out;
  if (check.probe == nullptr) return {std::move(check)};
  for (const Variant& variant : check.probe->variants()) out.push_back(variant_of(check, variant));
  if (out.empty()) out.push_back(check);
  if (auto janitor = check.probe->janitor()) out.push_back(janitor_of(check, std::move(janitor)));
  return out;
}

std::vector<incident::Component> internal_components(const std::vector<Check>& checks) {
  std::vector<incident::Component> out;
  for (const Check& check : checks) {
    if (!check.internal) continue;
    incident::Component component;
    component.id = check.component;
    component.name = "Test transactions of " + check.beside;
    component.internal = true;
    out.push_back(std::move(component));
  }
  return out;
}

}  // namespace vedette::settings
