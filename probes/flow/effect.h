// SPDX-License-Identifier: Apache-2.0
// Whether a step that did not pass may have had an effect all the same. When in doubt, it has: then
// it is cleaned up after.
#pragma once

#include "probes/flow/text/value.h"
#include "probes/result.h"

namespace vedette::flow {

// The request did not leave: there was no connection for it.
bool never_sent(const Result& result);
// The server has taken the request in, and refused it for good: nothing was done (RFC 9110, 4xx
// without those that ask to come again). After a redirect it is another one that was refused.
bool refused_for_good(const Result& result);
// One of the two, and the answer gave nothing that would have to be undone.
bool in_vain(const Result& result, const Values& captured);

}  // namespace vedette::flow
