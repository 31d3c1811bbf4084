// SPDX-License-Identifier: Apache-2.0
// YAML text to a tree of nodes. The only place that knows the YAML library.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "config/tree.h"

namespace vedette::config {

// `text` has passed check_text(). Nothing, and one problem, when it is no YAML, or over the budget
// or the depth.
std::optional<Node> read_yaml(std::string_view text, const std::string& name, int depth,
                              Budget& budget, Problems& problems);

}  // namespace vedette::config
