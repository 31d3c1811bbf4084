// SPDX-License-Identifier: Apache-2.0
// `vedette demo`: a small shop and its neighbours on loopback, for trying Vedette and for its
// tests.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

namespace vedette::demo {

struct Options {
  std::string listen = "127.0.0.1:9877";
  // The same seed makes the same things fail at random; without one they differ every time.
  std::optional<std::uint64_t> seed{};
};

// Serves until SIGINT or SIGTERM. Prints its addresses on standard output. Returns the exit code:
// 0, or 2 when it cannot listen there (said on standard error).
int command(const Options& options);

}  // namespace vedette::demo
