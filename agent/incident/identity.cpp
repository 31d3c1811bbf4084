// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/identity.h"

#include <fmt/format.h>

#include "probes/stable_hash.h"
#include "probes/stable_id.h"

namespace vedette::incident {

std::string incident_id(std::string_view group, Instant onset, std::string_view taken) {
  std::string seed = fmt::format("{}\n{}", group, onset.time_since_epoch().count());
  std::string id = stable_id(stable_hash(seed));
  while (id == taken) id = stable_id(stable_hash(seed += '+'));
  return id;
}

}  // namespace vedette::incident
