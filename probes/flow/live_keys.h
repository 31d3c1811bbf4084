// SPDX-License-Identifier: Apache-2.0
// Keys that move real money, known by how they begin.
#pragma once

#include <string>
#include <vector>

#include "config/node.h"

namespace vedette::flow {

// Every text and secret of the flow in which a key begins with sk_live_, rk_live_, live_ or one of
// `more` is a problem. The key itself is not repeated.
void refuse_live_keys(const config::Node& flow, const std::vector<std::string>& more,
                      config::Problems& problems);

}  // namespace vedette::flow
