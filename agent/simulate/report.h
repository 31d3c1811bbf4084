// SPDX-License-Identifier: Apache-2.0
// What came of a rehearsal, and how it is shown.
#pragma once

#include <string>
#include <vector>

#include "agent/incident/model.h"
#include "agent/simulate/scenario.h"

namespace vedette::simulate {

// One update, with what the incident was when it was written.
struct Told {
  std::string incident;
  std::string group;
  std::string title;
  incident::Impact impact = incident::Impact::none;
  incident::Update update;
};

// Where the timeline is not as the scenario expects it: one sentence, and details one per line.
struct Difference {
  std::string what;
  std::vector<std::string> details;
};

struct Report {
  std::string name;
  Instant start{};
  Instant end{};
  std::size_t runs = 0;
  std::vector<Told> timeline;                 // in the order in which it was written
  std::vector<incident::Incident> incidents;  // as they are at the end, by `opened`
  std::size_t expected = 0;                   // how many expectations the scenario has
  std::vector<Difference> differences;
};

std::string as_text(const Report& report);
std::string as_json(const Report& report);

}  // namespace vedette::simulate
