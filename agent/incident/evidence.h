// SPDX-License-Identifier: Apache-2.0
// The internal entries: which check failed where, why, and when. For the engineers, never for the
// public page.
#pragma once

#include <span>
#include <string>

#include "agent/incident/view.h"

namespace vedette::incident::evidence {

// A line for each failing vote whose check, region, state and reason no internal entry of `told`
// names yet, and below it, set in, the evidence it brought: of as many votes as an entry has room
// for. A check that fails for two reasons in turn is so told twice, not for ever.
std::string untold(const View& view, std::span<const Update> told);

// A line for each vote that the agent cannot give, because it is blind or late; told once, too.
std::string unseen(const Votes& votes, std::span<const Update> told);

// A line for each vote that has passed since `after`.
std::string passing(const Votes& votes, Instant after);

// For when nothing fails any more.
std::string impact_of_all(Impact worst);
std::string impact_change(Impact before, Impact after);

}  // namespace vedette::incident::evidence
