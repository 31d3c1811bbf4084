// SPDX-License-Identifier: Apache-2.0
// Numbers as JSON writes them.
#pragma once

#include <string_view>

namespace vedette {

// The grammar of RFC 8259, section 6.
bool is_json_number(std::string_view text);

}  // namespace vedette
