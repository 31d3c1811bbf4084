// SPDX-License-Identifier: Apache-2.0
// The SMTP probe as the registry knows it.
#pragma once

#include "probes/probe_type.h"

namespace vedette::smtp {

ProbeType probe_type();

}  // namespace vedette::smtp
