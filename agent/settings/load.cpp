// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <future>
#include <iterator>
#include <optional>

#include <fmt/format.h>
#include <malloc.h>

#include "agent/settings/expand.h"
#include "agent/settings/read_agent.h"
#include "agent/settings/read_checks.h"
#include "agent/settings/read_components.h"
#include "agent/settings/read_page.h"
#include "agent/settings/read_policies.h"
#include "agent/settings/settings.h"
#include "config/document.h"
#include "probes/stable_hash.h"

namespace vedette::settings {
namespace {

void name_checks(Settings& settings) {
  const Agent& agent = settings.agent;
  for (Check& check : settings.checks) {
    check.identity = stable_hash(fmt::format("{}\n{}\n{}", agent.region, agent.name, check.name));
  }
}

std::vector<std::string> ids_of(const std::vector<incident::Component>& components) {
  std::vector<std::string> ids;
  for (const auto& component : components) ids.push_back(component.id);
  return ids;
}

std::shared_ptr<const Settings> read(const config::Node& root, std::span<const ProbeType> types,
                                     config::Problems& problems) {
  config::Section top(root, "the configuration", problems);
  auto settings = std::make_shared<Settings>();
  settings->agent = read_agent(top, types);
  settings->page = read_page(top);
  settings->components = read_components(top);
  settings->checks = read_checks(top, types, settings->components);
  std::ranges::move(internal_components(settings->checks),
                    std::back_inserter(settings->components));
  settings->receivers = receivers::read_receivers(top, ids_of(settings->components));
  settings->maintenances = read_maintenances(top, settings->components);
  name_checks(*settings);
  settings->incidents = read_incidents(top);
  top.finish();
  return problems.empty() ? settings : nullptr;
}

// The tree is many times as large as the settings made of it. It is built on a thread of its own
// (if there can be one), as glibc gives that thread an arena of its own: between the nodes of the
// tree there is then nothing that stays, and all of it can go back.
std::optional<config::Node> load_tree(const std::filesystem::path& path,
                                      config::Problems& problems) {
  return std::async(std::launch::async | std::launch::deferred,
                    [&] { return config::load(path, problems); })
      .get();
}

void give_back_free_memory() {
#ifdef __GLIBC__
  ::malloc_trim(0);
#endif
}

}  // namespace

std::shared_ptr<const Settings> load(const std::filesystem::path& path,
                                     std::span<const ProbeType> types, config::Problems& problems) {
  std::shared_ptr<const Settings> settings;
  if (const auto root = load_tree(path, problems)) settings = read(*root, types, problems);
  give_back_free_memory();
  return settings;
}

}  // namespace vedette::settings
