// SPDX-License-Identifier: Apache-2.0
// One configured check may stand for several that run: one for each variant, and one that cleans
// up.
#pragma once

#include <vector>

#include "agent/settings/settings.h"

namespace vedette::settings {

// The check itself, or its variants; then its janitor, which speaks for a component of its own.
std::vector<Check> expand(Check check);

// The components that internal checks speak for.
std::vector<incident::Component> internal_components(const std::vector<Check>& checks);

}  // namespace vedette::settings
