// SPDX-License-Identifier: Apache-2.0
// Tells a reload which checks are unchanged.
#pragma once

#include <string>

#include "agent/settings/settings.h"
#include "config/node.h"

namespace vedette::settings {

// 128 bits in hexadecimal over the check, with its defaults, and over the probe's section: places
// do not count, the order of keys does, as a probe may go by it. Where the section takes a value
// from {env: NAME} or {file: PATH}, the value counts too, so that a rotated secret is a change.
std::string fingerprint(const Check& check, const config::Node& probe_section);

}  // namespace vedette::settings
