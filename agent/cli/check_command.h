// SPDX-License-Identifier: Apache-2.0
// `vedette check`: every check once, now; a deploy gate.
#pragma once

#include <string>
#include <vector>

namespace vedette::cli {

struct CheckOptions {
  std::string config;
  std::vector<std::string> names;  // empty: all
  bool json = false;
};

// 0: nothing failed (degraded is shown, and passes); 1: something failed or could not be seen; 2:
// bad configuration.
int check_command(const CheckOptions& options);

}  // namespace vedette::cli
