// SPDX-License-Identifier: Apache-2.0
// The IMAP probe as the registry knows it.
#pragma once

#include "probes/probe_type.h"

namespace vedette::imap {

ProbeType probe_type();

}  // namespace vedette::imap
