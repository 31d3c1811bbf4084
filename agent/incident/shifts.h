// SPDX-License-Identifier: Apache-2.0
// Where the votes and the incident disagree: the components whose status has to change, and what
// that means for them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "agent/incident/decide.h"
#include "agent/incident/view.h"

namespace vedette::incident {

struct Shift {
  enum class Kind : std::uint8_t {
    back,       // it was affected before, had recovered, and fails again
    added,      // it fails and was not part of the incident
    worse,      // it fails more than before
    better,     // it fails less than before
    dropped,    // it failed and is not configured any more
    recovered,  // it fails no more
  };

  Kind kind = Kind::added;
  std::string component;
  std::string name;
  ComponentStatus status = ComponentStatus::operational;  // as it shall be
  Votes votes;
  Instant since{};        // of a recovery: the last of its votes to pass
  bool unstable = false;  // it fails now and then, or got worse time and again
};

// By kind, then by component.
std::vector<Shift> shifts_of(const Incident& incident, const View& view, const Policy& policy,
                             Instant now);

}  // namespace vedette::incident
