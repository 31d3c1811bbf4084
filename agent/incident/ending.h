// SPDX-License-Identifier: Apache-2.0
// How incidents end: because all has been well for long enough, or because nobody watches any more.
#pragma once

#include <map>
#include <string>

#include "agent/incident/draft.h"
#include "agent/incident/view.h"

namespace vedette::incident {

// The last entry: resolved, now.
void close(Draft& draft, std::string text);

// In monitoring, with every vote known and standing as it stands for `resolve_after`, watched all
// that time by the agents of their regions (`watched_since`).
void end_when_steady(Draft& draft, const View& view,
                     const std::map<std::string, Instant>& watched_since, const Policy& policy);

// What fails is configured, but no check has a word on it: renamed perhaps, then the new check will
// speak soon. That is noted. If none does for `resolve_after`, the incident is closed: it must not
// stay open for ever.
void end_when_silent(Draft& draft, const View& view, const Policy& policy);

}  // namespace vedette::incident
