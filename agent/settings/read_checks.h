// SPDX-License-Identifier: Apache-2.0
// The sections `defaults` and `checks`.
#pragma once

#include <span>
#include <vector>

#include "agent/settings/settings.h"
#include "config/node.h"

namespace vedette::settings {

// `components` are the configured ones, for the checks to name.
std::vector<Check> read_checks(config::Section& top, std::span<const ProbeType> types,
                               const std::vector<incident::Component>& components);

}  // namespace vedette::settings
