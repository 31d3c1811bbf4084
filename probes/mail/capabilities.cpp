// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/capabilities.h"

#include <algorithm>

#include "probes/mail/upper_case.h"

namespace vedette::mail {

void Capabilities::add(std::string_view name) {
  if (name.empty() || names_.size() == max_names || has(name)) return;
  names_.push_back(upper_case(name));
}

bool Capabilities::has(std::string_view name) const {
  return std::ranges::find(names_, upper_case(name)) != names_.end();
}

std::vector<std::string> Capabilities::mechanisms() const {
  constexpr std::string_view prefix = "AUTH=";
  std::vector<std::string> out;
  for (const std::string& name : names_) {
    if (name.starts_with(prefix)) out.push_back(name.substr(prefix.size()));
  }
  return out;
}

}  // namespace vedette::mail
