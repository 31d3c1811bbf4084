// SPDX-License-Identifier: Apache-2.0
// Everything that a running agent answers over HTTP: pages, public API, metrics, health, reload.
#pragma once

#include "agent/web/pages.h"
#include "agent/web/router.h"
#include "agent/web/state.h"

namespace vedette::web {

// Used on the core loop only. Outlives its requests.
class Endpoints {
 public:
  // `state` outlives the endpoints, and may change between two requests.
  // `more` are routes of others beside the own ones.
  explicit Endpoints(const State& state, std::vector<Route> more = {});
  Endpoints(const Endpoints&) = delete;
  Endpoints& operator=(const Endpoints&) = delete;

  Awaitable<Response> handle(const Request& request);

 private:
  std::vector<Route> routes();
  Response not_found(const Request& request);
  Response metrics() const;
  Response ready() const;
  Response events();
  Response asset(const Request& request);
  Response found_or_not(std::optional<Response> found);
  Awaitable<Response> incident(std::string id);
  Awaitable<Response> history(std::optional<page::HistoryPlace> place);
  Awaitable<Response> reload(std::optional<Response> refused);

  const State& state_;
  Pages pages_;
  Router router_;
};

}  // namespace vedette::web
