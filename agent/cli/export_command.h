// SPDX-License-Identifier: Apache-2.0
// `vedette export CONFIG --out DIR`: the pages as files.
#pragma once

#include <string>

namespace vedette::cli {

// The exit code. Reads the store of the configuration; an agent may be running on it.
int export_command(const std::string& config, const std::string& directory);

}  // namespace vedette::cli
