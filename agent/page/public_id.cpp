// SPDX-License-Identifier: Apache-2.0
#include "agent/page/public_id.h"

#include "probes/stable_hash.h"
#include "probes/stable_id.h"

namespace vedette::page {

std::string public_id(std::string_view kind, std::string_view key) {
  return stable_id(stable_hash(key, stable_hash(kind)));
}

}  // namespace vedette::page
