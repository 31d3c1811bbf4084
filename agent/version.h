// SPDX-License-Identifier: Apache-2.0
// The version of this program, as `--version`, the User-Agent and the metrics tell it.
#pragma once

namespace vedette {

inline constexpr const char* version = "0.1.0";

}  // namespace vedette
