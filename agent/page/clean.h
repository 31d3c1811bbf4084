// SPDX-License-Identifier: Apache-2.0
// Foreign text made fit for HTML, XML and JSON.
#pragma once

#include <string>
#include <string_view>

namespace vedette::page {

// Valid UTF-8 of characters that XML 1.0 knows; every byte or character that is none becomes
// U+FFFD. Nothing is escaped.
std::string clean(std::string_view text);

}  // namespace vedette::page
