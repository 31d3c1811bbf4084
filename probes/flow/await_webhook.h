// SPDX-License-Identifier: Apache-2.0
// A step that waits until a provider calls back.
#pragma once

#include "probes/flow/callbacks.h"
#include "probes/flow/settings.h"

namespace vedette::flow {

// Calls that are not as expected are passed over: a provider tells much. One whose signature does
// not fit ends it. Without a callback (null) nothing can be seen: unknown.
Awaitable<Result> await_webhook(const WebhookWait& wait, Callback* callback, Mask mask,
                                Deadline deadline);

}  // namespace vedette::flow
