// SPDX-License-Identifier: Apache-2.0
// `vedette demo`: a small shop on loopback, for trying Vedette and for its tests.
#pragma once

#include <string>

namespace vedette::demo {

// Serves until SIGINT or SIGTERM. Prints its addresses on standard output. Returns the exit code:
// 0, or 2 when it cannot listen there (said on standard error).
int command(const std::string& listen);

}  // namespace vedette::demo
