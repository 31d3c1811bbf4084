// SPDX-License-Identifier: Apache-2.0
// The POP3 probe as the registry knows it.
#pragma once

#include "probes/probe_type.h"

namespace vedette::pop3 {

ProbeType probe_type();

}  // namespace vedette::pop3
