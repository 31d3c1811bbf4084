// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/switches.h"

namespace vedette::demo {

std::string_view text(Mode mode) {
  switch (mode) {
    case Mode::on:
      return "on";
    case Mode::off:
      return "off";
    case Mode::slow:
      break;
  }
  return "slow";
}

std::optional<Mode> parse_mode(std::string_view text) {
  if (text == "on") return Mode::on;
  if (text == "off") return Mode::off;
  if (text == "slow") return Mode::slow;
  return std::nullopt;
}

Mode Switches::of(std::string_view name) const {
  const auto found = modes_.find(name);
  return found == modes_.end() ? Mode::on : found->second;
}

bool Switches::set(std::string_view name, Mode mode) {
  const auto found = modes_.find(name);
  if (found == modes_.end()) return false;
  found->second = mode;
  return true;
}

}  // namespace vedette::demo
