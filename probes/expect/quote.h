// SPDX-License-Identifier: Apache-2.0
// Foreign text inside our sentences: masked, one line, bounded.
#pragma once

#include <string>
#include <string_view>

#include "probes/transcript.h"

namespace vedette::expect {

// At most `limit` bytes of it, with "..." when there is more.
std::string excerpt(std::string_view text, const Mask& mask, std::size_t limit);
// The same in double quotes.
std::string quote(std::string_view text, const Mask& mask, std::size_t limit = 80);

}  // namespace vedette::expect
