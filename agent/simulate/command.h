// SPDX-License-Identifier: Apache-2.0
// `vedette simulate SCENARIO [--json]`.
#pragma once

#include <filesystem>
#include <iosfwd>

namespace vedette::simulate {

// Prints the report to `out` and bad input to `err`, one problem a line as file:line:column:
// message. 0: all is as expected, or nothing was expected; 1: something is not, or the store
// failed; 2: bad input.
int command(const std::filesystem::path& scenario, bool json, std::ostream& out, std::ostream& err);

// The same on the standard streams.
int command(const std::filesystem::path& scenario, bool json);

}  // namespace vedette::simulate
