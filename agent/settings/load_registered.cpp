// SPDX-License-Identifier: Apache-2.0
// Apart from load.cpp, so that who brings probe types of their own need not link all probes.
#include "agent/settings/settings.h"
#include "probes/registry/registry.h"

namespace vedette::settings {

std::shared_ptr<const Settings> load(const std::filesystem::path& path,
                                     config::Problems& problems) {
  return load(path, probe_types(), problems);
}

}  // namespace vedette::settings
