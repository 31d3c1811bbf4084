// SPDX-License-Identifier: Apache-2.0
#include "agent/app/restart_needed.h"

namespace vedette::app {

std::vector<std::string> restart_needed(const settings::Agent& now, const settings::Agent& next) {
  std::vector<std::string> keys;
  const auto compare = [&](const char* key, const auto& before, const auto& after) {
    if (before != after) keys.emplace_back(key);
  };
  compare("agent.region", now.region, next.region);
  compare("agent.listen", now.listen, next.listen);
  compare("agent.store", now.store, next.store);
  compare("agent.webhooks.listen", now.webhooks.listen, next.webhooks.listen);
  compare("agent.webhooks.url", now.webhooks.url, next.webhooks.url);
  compare("agent.shards", now.shards, next.shards);
  compare("agent.concurrent_runs", now.concurrent_runs, next.concurrent_runs);
  return keys;
}

}  // namespace vedette::app
