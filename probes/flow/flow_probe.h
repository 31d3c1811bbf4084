// SPDX-License-Identifier: Apache-2.0
// The flow: steps of other probes, run in order, that prove a business works and clean up.
#pragma once

#include <span>

#include "probes/probe_type.h"

namespace vedette::flow {

// Its steps are of `types`, which outlive every flow.
ProbeType probe_type(std::span<const ProbeType> types);

}  // namespace vedette::flow
