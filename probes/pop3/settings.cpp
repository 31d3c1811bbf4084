// SPDX-License-Identifier: Apache-2.0
#include "probes/pop3/settings.h"

#include "probes/pop3/subjects.h"

namespace vedette::pop3 {

std::optional<Settings> parse_settings(const config::Node& node, config::Problems& problems) {
  config::Problems found;
  config::Section section(node, "pop3", found);
  Settings out;
  out.access = mail::read_access(section, mail::Protocol::pop3, out.mask);
  out.expectations = peer::read_expectations(section, subjects);
  section.finish();
  problems.add(found);
  if (!found.empty()) return std::nullopt;
  return out;
}

}  // namespace vedette::pop3
