// SPDX-License-Identifier: Apache-2.0
// Which votes count: not those about a component under maintenance, and not those that a person has
// dismissed.
#pragma once

#include "agent/incident/decide.h"

namespace vedette::incident {

// From its start until what it did was verified, extended or ended early as it may be.
bool is_active(const Maintenance& maintenance, Instant now);
// When it began, or shall begin.
Instant start_of(const Maintenance& maintenance);
// The end of an active one, or of one that is over.
Instant end_of(const Maintenance& maintenance);
bool names(const Maintenance& maintenance, std::string_view component);

// The maintenance in whose window that failing vote began to fail and which is over; null: none.
const Maintenance* failing_since(const Situation& situation, const Vote& vote, Instant now);

// The same situation in one order, whatever order it came in, with the votes as they count:
// - a failure that began during an active maintenance of its component is unknown: it opens
//   nothing and ends nothing. One that began before is an outage as any other.
// - a failure that was there when a person resolved the incident is none. It counts again once the
//   check has passed and failed anew.
// Idempotent.
Situation as_counted(Situation situation, Instant now);

}  // namespace vedette::incident
