// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/identity.h"

#include <fmt/format.h>

#include "probes/stable_hash.h"

namespace vedette::incident {
namespace {

std::string base36(std::uint64_t number) {
  static constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz";
  std::string text(12, '0');
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit, number /= digits.size()) {
    *digit = digits[number % digits.size()];
  }
  return text;
}

}  // namespace

std::string incident_id(std::string_view group, Instant onset, std::string_view taken) {
  std::string seed = fmt::format("{}\n{}", group, onset.time_since_epoch().count());
  std::string id = base36(stable_hash(seed));
  while (id == taken) id = base36(stable_hash(seed += '+'));
  return id;
}

}  // namespace vedette::incident
