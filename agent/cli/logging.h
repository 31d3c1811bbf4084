// SPDX-License-Identifier: Apache-2.0
// Sets the program's log up: one line per event on standard error, as text or as JSON.
#pragma once

#include <string>

namespace vedette::cli {

struct LogSettings {
  std::string level = "info";   // trace, debug, info, warn, error, off
  std::string format = "text";  // text, json
};

void set_up_logging(const LogSettings& settings);

}  // namespace vedette::cli
