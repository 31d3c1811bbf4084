// SPDX-License-Identifier: Apache-2.0
// `vedette run`: the agent, until a signal ends it.
#pragma once

#include <string>

namespace vedette::cli {

// 0: ended by SIGTERM or SIGINT; 1: could not start or stopped by an error; 2: bad configuration,
// nothing was started.
int run_command(const std::string& config);

}  // namespace vedette::cli
