// SPDX-License-Identifier: Apache-2.0
// Plays a scenario in virtual time through the real timetables, detectors, decisions and store.
#pragma once

#include <expected>
#include <string>

#include "agent/simulate/report.h"
#include "agent/simulate/scenario.h"

namespace vedette::simulate {

// The same scenario gives the same report. The error is a trouble of the store, in one sentence.
std::expected<Report, std::string> run(const Scenario& scenario);

}  // namespace vedette::simulate
