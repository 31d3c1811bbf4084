// SPDX-License-Identifier: Apache-2.0
#include "agent/cli/export_command.h"

#include <fmt/core.h>

#include "agent/app/site.h"
#include "agent/app/write_site.h"
#include "agent/cli/load_settings.h"
#include "agent/page/export.h"
#include "agent/store/open.h"

namespace vedette::cli {
namespace {

int complain(const std::string& problem) {
  fmt::print(stderr, "vedette: {}\n", problem);
  return 1;
}

}  // namespace

int export_command(const std::string& config, const std::string& directory) {
  const auto settings = load_settings(config);
  if (!settings) return 2;
  const auto store = store::open(settings->agent.store);
  if (!store) return complain(store.error().message);
  const auto now = wall_now();
  const auto material = page::gather(**store, Instant(), now);
  if (!material) return complain(material.error().message);
  const auto site = app::site_of(*settings, settings->agent.listen, now);
  const auto written =
      app::write_site(directory, page::exported_files(site, *material, {}, now), true);
  if (!written) return complain(written.error());
  fmt::print("{}: {} files written, {} were as they should be, {} removed\n", directory,
             written->changed, written->unchanged, written->removed);
  return 0;
}

}  // namespace vedette::cli
