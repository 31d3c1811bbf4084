// SPDX-License-Identifier: Apache-2.0
// The section `components`.
#pragma once

#include <vector>

#include "agent/incident/model.h"
#include "config/node.h"

namespace vedette::settings {

std::vector<incident::Component> read_components(config::Section& top);

}  // namespace vedette::settings
