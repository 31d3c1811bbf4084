// SPDX-License-Identifier: Apache-2.0
// `vedette jsonpath EXPR [FILE]`: tries a JSONPath before it goes into a configuration.
#pragma once

#include <string>

namespace vedette::cli {

// Prints the selected values as one JSON array; an empty `file` is standard input. Returns the exit
// code: 2 with one clear line when the path or the document is wrong.
int jsonpath_command(const std::string& path, const std::string& file);

}  // namespace vedette::cli
