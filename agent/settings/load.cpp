// SPDX-License-Identifier: Apache-2.0
#include <malloc.h>

#include "agent/settings/read_agent.h"
#include "agent/settings/read_checks.h"
#include "agent/settings/read_components.h"
#include "agent/settings/read_policies.h"
#include "agent/settings/settings.h"
#include "config/document.h"

namespace vedette::settings {
namespace {

std::shared_ptr<const Settings> read(const config::Node& root, std::span<const ProbeType> types,
                                     config::Problems& problems) {
  config::Section top(root, "the configuration", problems);
  auto settings = std::make_shared<Settings>();
  settings->agent = read_agent(top);
  settings->page = read_page(top);
  settings->components = read_components(top);
  settings->checks = read_checks(top, types, settings->components);
  settings->incidents = read_incidents(top);
  top.finish();
  return problems.empty() ? settings : nullptr;
}

}  // namespace

std::shared_ptr<const Settings> load(const std::filesystem::path& path,
                                     std::span<const ProbeType> types, config::Problems& problems) {
  std::shared_ptr<const Settings> settings;
  if (const auto root = config::load(path, problems)) settings = read(*root, types, problems);
#ifdef __GLIBC__
  // The tree is gone, and is many times as large as the settings: the agent does not need its
  // memory any more.
  ::malloc_trim(0);
#endif
  return settings;
}

}  // namespace vedette::settings
