// SPDX-License-Identifier: Apache-2.0
#include "agent/page/export.h"

#include <algorithm>
#include <set>

#include "agent/page/assets.h"
#include "agent/page/badge.h"
#include "agent/page/feeds.h"
#include "agent/page/statuspage_json.h"
#include "agent/page/stylesheet.h"

namespace vedette::page {
namespace {

using Checks = std::vector<std::shared_ptr<metrics::CheckSeries>>;
using Files = std::vector<File>;

store::Expected<void> gather_month(store::Store& store, std::chrono::year_month month,
                                   Material& material, std::optional<Instant>& oldest) {
  for (HistoryPlace place{month};; ++place.page) {
    auto chapter = store.chapter(chapter_key(place));
    if (!chapter) return std::unexpected(chapter.error());
    oldest = chapter->oldest;
    const bool over = place.page * incidents_per_page >= chapter->total;
    material.history.push_back({place, *std::move(chapter)});
    if (over) return {};
  }
}

void add_assets(Files& files, const Site& site) {
  for (const auto* name : {"page.js", "favicon.svg"}) {
    files.push_back({std::string("assets/") + name, std::string(find_asset(name)->content)});
  }
  files.push_back({"assets/page.css", stylesheet(site.brand)});
  files.push_back({"favicon.ico", std::string(find_asset("favicon.svg")->content)});
  if (!site.brand.logo.bytes.empty()) {
    files.push_back({"assets/" + logo_name(site.brand), site.brand.logo.bytes});
  }
  files.push_back({"robots.txt", "User-agent: *\n"});
}

void add_data(Files& files, const View& view) {
  files.push_back({"api/v2/summary.json", summary_json(view)});
  files.push_back({"api/v2/status.json", status_json(view)});
  files.push_back({"api/v2/components.json", components_json(view)});
  files.push_back({"api/v2/incidents.json", incidents_json(view)});
  files.push_back({"api/v2/incidents/unresolved.json", unresolved_json(view)});
  const std::string folder = "api/v2/scheduled-maintenances";
  files.push_back({folder + ".json", maintenances_json(view, Maintenances::all)});
  files.push_back({folder + "/upcoming.json", maintenances_json(view, Maintenances::upcoming)});
  files.push_back({folder + "/active.json", maintenances_json(view, Maintenances::active)});
  files.push_back({"history.rss", rss_feed(view)});
  files.push_back({"history.atom", atom_feed(view)});
}

std::string page_path(std::string_view url) {
  return std::string(url.substr(1)) + "/index.html";
}

void add_components(Files& files, const View& view, const Checks& checks) {
  for (const auto& component : view.components) {
    if (component.is_group) continue;
    files.push_back({"badge/" + component.key + ".svg", badge_svg(view, component)});
    files.push_back(
        {page_path("/components/" + component.key), component_page(view, component, checks)});
  }
}

void add_incidents(Files& files, const View& view, const Material& material) {
  std::set<std::string> written;
  const auto add = [&](const IncidentView& shown) {
    if (shown.updates.empty() || !written.insert(shown.incident->id).second) return;
    files.push_back({page_path("/incidents/" + shown.incident->id), incident_page(view, shown)});
  };
  for (const auto& shown : view.incidents) add(shown);
  for (const auto& part : material.history) {
    for (const auto& incident : part.chapter.incidents) add(view_of(incident));
  }
  for (const auto* maintenance : view.maintenances) {
    files.push_back(
        {page_path("/incidents/" + maintenance->id), maintenance_page(view, *maintenance)});
  }
}

void add_history(Files& files, const View& view, const Material& material) {
  const HistoryPlace present{month_of(view.now)};
  for (const auto& [place, chapter] : material.history) {
    auto html = history_page(view, place, chapter);
    if (place == present) files.push_back({"history/index.html", html});
    files.push_back({page_path(history_url(place)), std::move(html)});
  }
}

}  // namespace

store::Expected<Material> gather(store::Store& store, Instant from, Instant now) {
  Material material;
  auto snapshot = store.snapshot();
  if (!snapshot) return std::unexpected(snapshot.error());
  material.snapshot = *std::move(snapshot);
  std::optional<Instant> oldest;
  for (auto month = month_of(now);; month -= std::chrono::months(1)) {
    if (auto done = gather_month(store, month, material, oldest); !done) {
      return std::unexpected(done.error());
    }
    const auto first = std::max(from, oldest.value_or(now));
    if (month <= month_of(first)) return material;
  }
}

std::vector<File> exported_files(const Site& site, const Material& material, const Checks& checks,
                                 Instant now) {
  const View view = make_view(site, material.snapshot, now);
  Files files;
  add_assets(files, site);
  add_data(files, view);
  add_components(files, view, checks);
  add_incidents(files, view, material);
  add_history(files, view, material);
  files.push_back({"404.html", not_found_page(site)});
  files.push_back({"index.html", status_page(view, false)});
  return files;
}

}  // namespace vedette::page
