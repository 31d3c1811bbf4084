// SPDX-License-Identifier: Apache-2.0
// The section `page`.
#pragma once

#include "agent/brand/brand.h"
#include "config/node.h"

namespace vedette::settings {

// Reads the logo, too, which lies relative to the folder of the configuration file.
brand::Brand read_page(config::Section& top);

}  // namespace vedette::settings
