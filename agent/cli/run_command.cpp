// SPDX-License-Identifier: Apache-2.0
#include "agent/cli/run_command.h"

#include <spdlog/spdlog.h>

#include "agent/app/app.h"
#include "agent/cli/load_settings.h"

namespace vedette::cli {

int run_command(const std::string& config) {
  auto settings = load_settings(config);
  if (!settings) return 2;
  app::App app(config, std::move(settings));
  const auto ended = app.run();
  if (ended) return 0;
  spdlog::error("{}", ended.error());
  return 1;
}

}  // namespace vedette::cli
