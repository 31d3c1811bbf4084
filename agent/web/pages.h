// SPDX-License-Identifier: Apache-2.0
// Rendered public pages and API bodies, each made once and kept until what it shows has changed.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "agent/web/state.h"
#include "agent/web/view.h"

namespace vedette::web {

class Pages {
 public:
  // `state` outlives the pages.
  explicit Pages(const State& state) : state_(state) {}

  Response status_page();
  Response not_found();
  Response summary();
  Response status();
  Response components();
  Response incidents();
  Response unresolved();
  // Nothing when the snapshot does not have it, or nothing of it is public.
  std::optional<Response> incident(const std::string& id);
  // Of an incident that is not in the snapshot; not kept.
  std::optional<Response> old_incident(const incident::Incident& incident);

 private:
  const View& view();
  template <class Render>
  Response kept(const std::string& name, const Response& kind, Render render);

  const State& state_;
  std::shared_ptr<const Site> site_;  // what is kept shows these two, and this
  std::shared_ptr<const store::Snapshot> snapshot_;
  bool out_of_date_ = false;
  std::unique_ptr<const View> view_;
  std::map<std::string, Response> kept_;
};

}  // namespace vedette::web
