// SPDX-License-Identifier: Apache-2.0
// When a cleanup that did not work is tried again. Pure.
#pragma once

#include "probes/flow/journal.h"

namespace vedette::flow {

// The entry after one more attempt in vain: 5 s, 10 s, 20 s ... 5 min until the next one.
Entry after_attempt(Entry entry, Instant now);

}  // namespace vedette::flow
