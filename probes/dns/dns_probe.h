// SPDX-License-Identifier: Apache-2.0
// The DNS probe as the registry knows it.
#pragma once

#include "probes/probe_type.h"

namespace vedette::dns {

ProbeType probe_type();

}  // namespace vedette::dns
