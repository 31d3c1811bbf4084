// SPDX-License-Identifier: Apache-2.0
// I-Regexp (RFC 9485) in terms of RE2: what match() and search() of JSONPath take.
#pragma once

#include <optional>
#include <string_view>

#include "probes/pattern.h"

namespace vedette::jsonpath {

// `whole`: the pattern must match all of a text, else some part of it. Nothing when it cannot be
// used.
std::optional<Pattern> compile_regexp(std::string_view pattern, bool whole);

}  // namespace vedette::jsonpath
