// SPDX-License-Identifier: Apache-2.0
// The guard over a mailbox: tells when somebody retrieves, deletes or rebuilds what he should not.
#pragma once

#include "probes/probe_type.h"

namespace vedette::mailbox {

ProbeType probe_type();

}  // namespace vedette::mailbox
