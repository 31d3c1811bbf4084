// SPDX-License-Identifier: Apache-2.0
// What a reload means for the checks that run: which end, which begin, which go on undisturbed.
// Pure.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "agent/settings/settings.h"

namespace vedette::pipeline {

struct ReloadPlan {
  std::vector<std::string> removed;             // names that are gone
  std::vector<const settings::Check*> changed;  // same name, other definition
  std::vector<const settings::Check*> added;
  std::size_t unchanged = 0;
};

// `running` maps the names of the checks that run to their fingerprints. The pointers point into
// `next`.
ReloadPlan plan_reload(const std::map<std::string, std::string>& running,
                       const std::vector<settings::Check>& next);

}  // namespace vedette::pipeline
