// SPDX-License-Identifier: Apache-2.0
// Values and configurations for the tests of flows.
#pragma once

#include <stdexcept>
#include <string>

#include "config/document.h"
#include "probes/flow/settings.h"
#include "probes/registry/registry.h"

namespace vedette::flow::test {

inline Scope scope_of(const Values& values, std::string seed = "run\nstep") {
  return {[&values](std::string_view name) {
            const auto found = values.find(name);
            return found == values.end() ? nullptr : &found->second;
          },
          std::move(seed), 1'700'000'000};
}

inline std::string problems_of(const std::string& yaml) {
  config::Problems problems;
  const auto node = config::parse(yaml, "t.yaml", problems);
  if (!node) return "unreadable: " + problems.text();
  read_settings(*node, probe_types(), problems);
  std::string text = problems.text();
  while (text.ends_with('\n')) text.pop_back();
  return text;
}

// Settings that must be free of problems.
inline Settings settings_of(const std::string& yaml) {
  config::Problems problems;
  const auto node = config::parse(yaml, "t.yaml", problems);
  auto settings = node ? read_settings(*node, probe_types(), problems) : std::nullopt;
  if (!settings) throw std::runtime_error(problems.text());
  return *std::move(settings);
}

}  // namespace vedette::flow::test
