// SPDX-License-Identifier: Apache-2.0
// Looks things up in the store: for pages that show what is older than what the snapshot holds.
#pragma once

#include <expected>
#include <optional>
#include <string>

#include "agent/operator/api.h"
#include "agent/store/worker.h"
#include "probes/probe.h"

namespace vedette::app {

template <class T>
using LookedUp = std::expected<T, std::string>;

// On the core loop. An error, one sentence, when the store does not answer within two seconds.
// `store` must outlive it.
// Nothing inside: there is no such incident.
Awaitable<LookedUp<std::optional<incident::Incident>>> find_incident(store::Worker& store,
                                                                     std::string id);
Awaitable<LookedUp<store::Chapter>> find_chapter(store::Worker& store, store::ChapterKey key);

// What the operator API may do, through this store; `look_at` and `accounts` are the caller's to
// give.
operators::Means operator_means(store::Worker& store, const std::string& region);

}  // namespace vedette::app
