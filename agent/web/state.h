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

#include "agent/store/store.h"
#include "agent/web/message.h"
#include "config/secret.h"

namespace vedette::web {

// The page as configured. Never changed: a reload puts another one in its place.
struct Site {
  std::string name = "Status";
  std::string url;  // of the page, without a slash at the end; for links
  std::vector<incident::Component> components;
  Instant loaded{};
};

struct Health {
  std::vector<std::string> troubles;  // each one sentence; any: /-/ready answers 503
  std::string reload_problem;         // of the last reload; empty when it went well
};

struct State {
  std::shared_ptr<const Site> site = std::make_shared<const Site>();
  std::shared_ptr<const store::Snapshot>
      snapshot;  // null until the store was read for the first time
  Health health;

  // Begins a scrape. Empty: there are no metrics (404).
  std::function<Stream()> metrics;
  // Whoever holds one of these may reload. None: nobody may.
  std::vector<Secret> tokens;
  // Reads the configuration anew; the error is every problem, a line each.
  std::function<Awaitable<std::expected<void, std::string>>()> reload;
  // Takes the call of a provider at /hooks/{token}. Empty: nobody is ever called here.
  std::function<Response(const std::string& token, const Request& request)> callback;
  // For incidents that are not in the snapshot any more; optional. The error means "ask again
  // later".
  std::function<Awaitable<std::expected<std::optional<incident::Incident>, std::string>>(
      std::string id)>
      find_incident;
};

}  // namespace vedette::web
