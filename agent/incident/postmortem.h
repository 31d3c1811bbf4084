// SPDX-License-Identifier: Apache-2.0
// A draft of the postmortem, out of the timeline: what is known is filled in, the rest is asked.
#pragma once

#include <string>

#include "agent/incident/model.h"

namespace vedette::incident {

// Markdown. Holds internal entries: people edit it before they publish it.
std::string postmortem_draft(const Incident& incident);

}  // namespace vedette::incident
