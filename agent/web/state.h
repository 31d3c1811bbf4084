// SPDX-License-Identifier: Apache-2.0
// All that the web side shows. Owned by the app, changed and read on the core loop only, so it
// needs no lock.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/metrics/check_series.h"
#include "agent/page/site.h"
#include "agent/store/store.h"
#include "agent/web/bearer.h"
#include "agent/web/message.h"
#include "agent/web/topic.h"

namespace vedette::web {

struct Health {
  std::vector<std::string> troubles;  // each one sentence; any: /-/ready answers 503
  std::string note;                   // of an agent that is ready, but not quite well; one sentence
  std::string reload_problem;         // of the last reload; empty when it went well
};

struct State {
  std::shared_ptr<const page::Site> site = std::make_shared<const page::Site>();
  std::shared_ptr<const store::Snapshot>
      snapshot;  // null until the store was read for the first time
  Health health;

  std::function<Instant()> now = wall_now;
  // Tells those who look at a page that it shows something else now; published by the app.
  mutable Topic changes;

  // The checks that run. None: the pages of components show no measurements.
  std::function<metrics::SeriesList()> checks;
  // Begins a scrape. Empty: there are no metrics (404).
  std::function<Stream()> metrics;
  // Whoever holds one of these may reload. None: nobody may.
  std::vector<Token> tokens;
  // Reads the configuration anew; the error is every problem, a line each.
  std::function<Awaitable<std::expected<void, std::string>>()> reload;
  // Takes the call of a provider at /hooks/{token}. Empty: nobody is ever called here.
  std::function<Response(const std::string& token, const Request& request)> callback;
  // For incidents that are not in the snapshot any more; optional. The error means "ask again
  // later".
  std::function<Awaitable<std::expected<std::optional<incident::Incident>, std::string>>(
      std::string id)>
      find_incident;
  // A part of the history, in the same manner.
  std::function<Awaitable<std::expected<store::Chapter, std::string>>(store::ChapterKey key)>
      find_chapter;
};

}  // namespace vedette::web
