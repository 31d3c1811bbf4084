// SPDX-License-Identifier: Apache-2.0
// The ids that the public API shows for what the configuration names.
#pragma once

#include <string>
#include <string_view>

namespace vedette::page {

// 12 characters of [a-z0-9], always the same for the same kind ("component", "group", "page",
// "update") and key.
std::string public_id(std::string_view kind, std::string_view key);

}  // namespace vedette::page
