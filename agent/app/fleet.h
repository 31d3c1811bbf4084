// SPDX-License-Identifier: Apache-2.0
// The shards and the checks that run on them; takes a new configuration without disturbing what did
// not change.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "agent/metrics/check_series.h"
#include "agent/pipeline/check_watch.h"
#include "agent/schedule/shard.h"
#include "agent/settings/settings.h"

namespace vedette::app {

struct FleetChange {
  std::size_t added = 0, changed = 0, removed = 0, unchanged = 0;
};

// Used on the core loop only.
class Fleet {
 public:
  // Starts the shards' threads, without checks. `on_vote` is called on shard threads.
  // `lateness` may be null: then it is not kept.
  Fleet(const settings::Agent& agent, std::shared_ptr<metrics::LatenessHistogram> lateness,
        pipeline::OnVote on_vote);
  ~Fleet();

  // Checks with an equal fingerprint go on as they are. New and changed ones start from the verdict
  // in `known` (by name of the check), so that neither a restart nor an edit forgets an outage.
  FleetChange apply(const settings::Settings& settings,
                    const std::map<std::string, detect::Verdict>& known);

  // One entry per running check, in the order of the configuration.
  metrics::SeriesList series() const { return series_; }

  // Ends every run and joins the threads.
  void shut_down();

 private:
  struct Context;
  struct Running {
    std::string fingerprint;
    std::shared_ptr<metrics::CheckSeries> series;
  };

  schedule::Job start(const settings::Check& check, const Context& context);
  void list_series(const settings::Settings& settings);

  std::string region_;
  std::shared_ptr<metrics::LatenessHistogram> lateness_;
  pipeline::OnVote on_vote_;
  std::vector<std::unique_ptr<schedule::Shard>> shards_;
  std::map<std::string, Running> running_;
  metrics::SeriesList series_;
};

}  // namespace vedette::app
