// SPDX-License-Identifier: Apache-2.0
// Runs chosen checks once, now, outside of any agent.
#pragma once

#include <vector>

#include "agent/cli/check_report.h"

namespace vedette::cli {

struct RunOutcome {
  bool interrupted = false;              // SIGINT or SIGTERM came; what had begun was cleaned up
  std::vector<std::string> left_behind;  // by flows, one line each
};

// Fills in the results. Steps of flows are told on standard error as they end, when `progress`.
RunOutcome run_checks(std::vector<CheckedResult>& items, bool progress);

}  // namespace vedette::cli
