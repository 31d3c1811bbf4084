// SPDX-License-Identifier: Apache-2.0
// The shards and the checks that run on them; takes a new configuration without disturbing what did
// not change.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <boost/asio/any_io_executor.hpp>

#include "agent/control/gate.h"
#include "agent/flows/flow_desk.h"
#include "agent/metrics/check_series.h"
#include "agent/pipeline/check_watch.h"
#include "agent/reconcile/memories.h"
#include "agent/schedule/shard.h"
#include "agent/settings/settings.h"

namespace vedette::app {

struct FleetChange {
  std::size_t added = 0, changed = 0, removed = 0, unchanged = 0;
};

// Where all checks count together. Either may be null: then it is not kept.
struct FleetTotals {
  std::shared_ptr<metrics::LatenessHistogram> lateness;
  std::shared_ptr<TlsCounts> tls;
};

// What the checks have to say, told on the core loop, and never for a check that was replaced or
// removed meanwhile.
struct FleetNews {
  std::function<void(incident::Vote)> vote;
  std::function<void(store::Memory)> memory;
  std::function<void(incident::Change)> observed{};
  // A check has failed: does the agent see? Answered by Fleet::note().
  std::function<void()> is_it_us{};
};

// Used on the core loop only.
class Fleet {
 public:
  // Starts the shards' threads, without checks.
  Fleet(const settings::Agent& agent, FleetTotals totals, boost::asio::any_io_executor core,
        FleetNews news, const flows::Means& flows = {});
  ~Fleet();

  // The verdict that is known of a check, by its name; null: none.
  using Known = std::function<const detect::Verdict*(const std::string& check)>;

  // Checks with an equal fingerprint go on as they are. New and changed ones start from the verdict
  // that is known and what their probe remembers, so that neither a restart nor an edit forgets an
  // outage.
  FleetChange apply(const settings::Settings& settings, const Known& known,
                    const reconcile::MemoryByCheck& memories = {});

  // Asks the checks of this name, which are several where it has variants, why they are in their
  // state; `tell` hears each on the core loop. How many there are.
  std::size_t ask(const std::string& check, const std::function<void(detect::Account)>& tell);

  // Something was done to these components, or to what they depend on: their checks run now, and
  // at the pace that each of them has for that.
  void hurry(const std::set<std::string>& components);

  // What the controls said.
  void note(const control::Round& round);

  // One entry per running check, in the order of the configuration.
  metrics::SeriesList series() const { return series_; }

  // Ends every run and joins the threads.
  void shut_down();

 private:
  struct Context;
  struct Ear;
  struct Running {
    std::string fingerprint;
    std::shared_ptr<metrics::CheckSeries> series;
    std::shared_ptr<Ear> ear;
    std::shared_ptr<pipeline::CheckWatch> watch;
    std::size_t shard = 0;
  };

  schedule::Job start(const settings::Check& check, const Context& context, std::size_t shard);
  bool relabelled(const settings::Check& check, const incident::Component& component) const;
  void retire(const std::string& check);
  void list_series(const settings::Settings& settings);

  std::string region_;
  std::shared_ptr<metrics::LatenessHistogram> lateness_;
  boost::asio::any_io_executor core_;
  FleetNews news_;
  std::vector<std::unique_ptr<schedule::Shard>> shards_;
  std::vector<std::unique_ptr<flows::FlowDesk>> desks_;  // one for each shard
  std::vector<std::shared_ptr<control::Gate>> gates_;    // likewise
  std::map<std::string, Running> running_;
  metrics::SeriesList series_;
};

}  // namespace vedette::app
