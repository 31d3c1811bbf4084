// SPDX-License-Identifier: Apache-2.0
#include "agent/simulate/command.h"

#include <iostream>

#include "agent/simulate/reader.h"
#include "agent/simulate/rehearsal.h"

namespace vedette::simulate {

int command(const std::filesystem::path& scenario, bool json, std::ostream& out,
            std::ostream& err) {
  config::Problems problems;
  const auto read = read_scenario(scenario, problems);
  if (!read) {
    err << problems.text();
    return 2;
  }
  const auto report = run(*read);
  if (!report) {
    err << report.error() << '\n';
    return 1;
  }
  out << (json ? as_json(*report) + '\n' : as_text(*report));
  return report->differences.empty() ? 0 : 1;
}

int command(const std::filesystem::path& scenario, bool json) {
  return command(scenario, json, std::cout, std::cerr);
}

}  // namespace vedette::simulate
