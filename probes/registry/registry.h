// SPDX-License-Identifier: Apache-2.0
// The explicit table of probe types. A new probe is one folder and one row here.
#pragma once

#include <memory>
#include <span>
#include <string_view>

#include "config/node.h"
#include "probes/probe.h"
#include "probes/probe_type.h"

namespace vedette {

std::span<const ProbeType> probe_types();
// Null when there is no such type.
const ProbeType* find_probe_type(std::string_view name);

}  // namespace vedette
