// SPDX-License-Identifier: Apache-2.0
// The timeline against what the scenario expects.
#pragma once

#include <vector>

#include "agent/simulate/report.h"
#include "agent/simulate/scenario.h"

namespace vedette::simulate {

// Each expectation has to be met by an update of its own. Public updates that meet none are
// differences too, unless the scenario allows others.
std::vector<Difference> compare(const Scenario& scenario, const std::vector<Told>& timeline);

}  // namespace vedette::simulate
