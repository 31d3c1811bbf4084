// SPDX-License-Identifier: Apache-2.0
// What `vedette check` prints of the results: a table for people, JSON for programs.
#pragma once

#include <string>
#include <vector>

#include "agent/settings/settings.h"
#include "probes/result.h"

namespace vedette::cli {

struct CheckedResult {
  const settings::Check* check;
  Result result;
};

struct ReportStyle {
  std::string region;
  bool colour = false;
};

// One line per check with its phases; below it what each expectation saw,
// and the transcript of what did not pass.
std::string render_table(const std::vector<CheckedResult>& results, const ReportStyle& style);

// One array; the keys are those of the contract in docs/overview.md.
std::string render_json(const std::vector<CheckedResult>& results, const ReportStyle& style);

}  // namespace vedette::cli
