// SPDX-License-Identifier: Apache-2.0
// Rendered public pages, feeds and API bodies, each made once and kept until what it shows has
// changed: the configuration, the store, or the minute, with which figures of uptime move on.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "agent/page/page.h"
#include "agent/page/view.h"
#include "agent/web/state.h"

namespace vedette::web {

class Pages {
 public:
  // `state` outlives the pages.
  explicit Pages(const State& state) : state_(state) {}

  Response status_page();
  Response not_found();
  Response stylesheet();
  // 404 on a site without one.
  Response logo();
  // Nothing when there is no such component; it is known by its configured id and its public one.
  std::optional<Response> component(const std::string& id);
  std::optional<Response> badge(const std::string& id);
  // Of an incident or a maintenance. Nothing when the snapshot does not have it, or nothing of it
  // is public.
  std::optional<Response> incident(const std::string& id);
  // Of an incident that is not in the snapshot; not kept.
  std::optional<Response> old_incident(const incident::Incident& incident);

  // Kept since it was read.
  std::optional<Response> history(const page::HistoryPlace& place);
  Response history(const page::HistoryPlace& place, const store::Chapter& chapter);
  page::HistoryPlace this_month();

  Response summary();
  Response status();
  Response components();
  Response incidents();
  Response unresolved();
  Response maintenances();
  Response upcoming_maintenances();
  Response active_maintenances();
  Response rss();
  Response atom();

 private:
  // Brings everything up to date first: what an earlier call returned may be gone.
  const page::View& view();
  const page::ComponentView* find_component(const std::string& id);
  template <class Render>
  Response kept(const std::string& name, const Response& kind, Render render);
  // The same of the view as it is, for those who hold a part of it.
  template <class Render>
  Response kept_as_is(const std::string& name, const Response& kind, Render render);

  const State& state_;
  std::shared_ptr<const page::Site> site_;  // what is kept shows these two, and this
  std::shared_ptr<const store::Snapshot> snapshot_;
  bool out_of_date_ = false;
  std::int64_t minute_ = 0;
  std::unique_ptr<const page::View> view_;
  std::map<std::string, Response> kept_;
  std::map<std::string, std::int64_t> made_at_;  // of what ages faster
};

}  // namespace vedette::web
