// SPDX-License-Identifier: Apache-2.0
// The id of a new incident: the same for the same outage, whoever computes it and however often.
#pragma once

#include <string>
#include <string_view>

#include "probes/clock.h"

namespace vedette::incident {

// 12 characters of [a-z0-9] out of the group and the onset. Never `taken`, the id of the incident
// before.
std::string incident_id(std::string_view group, Instant onset, std::string_view taken = {});

}  // namespace vedette::incident
