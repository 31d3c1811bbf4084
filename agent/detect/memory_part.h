// SPDX-License-Identifier: Apache-2.0
// The parts of what a check remembers through restarts (store::Memory).
#pragma once

#include <string_view>

namespace vedette::detect {

inline constexpr std::string_view of_probe = "";      // Result::memory
inline constexpr std::string_view of_drift = "seen";  // Drift::memory()
inline constexpr std::string_view of_pace = "usual";  // Pace::memory()

}  // namespace vedette::detect
