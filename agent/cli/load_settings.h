// SPDX-License-Identifier: Apache-2.0
// Loads a configuration for a command, and tells every problem on standard error.
#pragma once

#include <memory>
#include <string>

#include "agent/settings/settings.h"

namespace vedette::cli {

// Null when there were problems; all of them have been told then.
std::shared_ptr<const settings::Settings> load_settings(const std::string& path);

}  // namespace vedette::cli
