// SPDX-License-Identifier: Apache-2.0
// The mail_round_trip probe as the registry knows it.
#pragma once

#include "probes/probe_type.h"

namespace vedette::round_trip {

ProbeType probe_type();

}  // namespace vedette::round_trip
