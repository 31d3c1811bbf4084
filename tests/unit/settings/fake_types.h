// SPDX-License-Identifier: Apache-2.0
// A stand-in for the probe types: sections with a required `url`, whatever else they hold.
#pragma once

#include <span>

#include "probes/probe_type.h"

namespace vedette::settings {

// "http" and "dns".
std::span<const ProbeType> fake_types();

}  // namespace vedette::settings
