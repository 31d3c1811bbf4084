// SPDX-License-Identifier: Apache-2.0
// How work gets to the store's thread, and word of it back.
#pragma once

#include <functional>

#include "agent/store/store.h"

namespace vedette::reconcile {

// As store::Worker::submit: `work` on the store thread, then `done` on the core loop, all in the
// order of submission; false when the queue is full.
using Submit =
    std::function<bool(std::function<void(store::Store&)> work, std::function<void()> done)>;

}  // namespace vedette::reconcile
