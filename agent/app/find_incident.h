// SPDX-License-Identifier: Apache-2.0
// Looks an incident up in the store: for pages of incidents that are older than what the snapshot
// holds.
#pragma once

#include <expected>
#include <optional>
#include <string>

#include "agent/incident/model.h"
#include "agent/store/worker.h"
#include "probes/probe.h"

namespace vedette::app {

using Found = std::expected<std::optional<incident::Incident>, std::string>;

// On the core loop. Nothing inside: there is no such incident. An error, one sentence, when the
// store does not answer within two seconds. `store` must outlive it.
Awaitable<Found> find_incident(store::Worker& store, std::string id);

}  // namespace vedette::app
