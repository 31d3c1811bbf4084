// SPDX-License-Identifier: Apache-2.0
// The HTTP probe as the registry knows it.
#pragma once

#include "probes/probe_type.h"

namespace vedette::http {

ProbeType probe_type();

}  // namespace vedette::http
