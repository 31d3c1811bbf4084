// SPDX-License-Identifier: Apache-2.0
#include "agent/cli/load_settings.h"

#include <fmt/core.h>

namespace vedette::cli {

std::shared_ptr<const settings::Settings> load_settings(const std::string& path) {
  config::Problems problems;
  auto settings = settings::load(path, problems);
  if (!settings) fmt::print(stderr, "{}", problems.text());
  return settings;
}

}  // namespace vedette::cli
