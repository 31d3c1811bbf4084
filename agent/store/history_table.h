// SPDX-License-Identifier: Apache-2.0
// How long each component was in which condition. Of the newest days every change is kept; older
// ones are sums, and only where not all of the day was operational.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "agent/store/sql_db.h"
#include "agent/uptime/history.h"

namespace vedette::store {

// Days that are kept.
inline constexpr std::chrono::days history_kept{100};

// The condition held since `since` (not before the last change; at `now` where that is no newer
// than a time in which nobody could see), as is known at `now`. True when that is news.
bool note_condition(Db& db, const std::string& component, uptime::Condition condition,
                    Instant since, Instant now);

// No agent looked from `began` to `ended`. Shorter ones than `silence_tolerated` are none.
void note_gap(Db& db, Instant began, Instant ended);

// Components of which no agent that was heard of since `heard_since` can say anything are unknown,
// since the last one that could was heard of. True when that is news.
bool note_silence(Db& db, Instant heard_since, Instant now);

// Makes sums of the days that are long past, and forgets those that are too old.
void sum_up_days(Db& db, Instant now);

void forget_history_of(Db& db, const std::string& component);

// By component.
std::map<std::string, uptime::History> histories(Db& db);
std::vector<uptime::Gap> gaps(Db& db);

}  // namespace vedette::store
