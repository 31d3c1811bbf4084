// SPDX-License-Identifier: Apache-2.0
// What happens to each result of one check: metrics, detection, a vote when the verdict changed,
// and what its probe remembers.
#pragma once

#include <memory>
#include <string>

#include "agent/control/gate.h"
#include "agent/detect/detector.h"
#include "agent/detect/drift.h"
#include "agent/detect/memory_part.h"
#include "agent/detect/pace.h"
#include "agent/detect/trail.h"
#include "agent/incident/change.h"
#include "agent/incident/model.h"
#include "agent/metrics/check_series.h"
#include "agent/schedule/job.h"
#include "agent/settings/settings.h"

namespace vedette::pipeline {

// Called on the shard's thread; hands the news to the core loop and returns at once.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void on_vote(incident::Vote vote) = 0;
  // This part (agent/detect/memory_part.h) remembers something else than before.
  virtual void on_memory(std::string_view part, std::string memory) = 0;
  // A check has seen that something was done to its component.
  virtual void on_observed(incident::Change change) = 0;
};

struct Restored {
  detect::Verdict verdict;
  std::string memory{};  // of its probe
  std::string seen{};    // of its watch for changes
  std::string usual{};   // of its pace
};

// Lives on its shard's thread once its check was started. Failures are believed once it is known
// that the agent saw when they happened; until then they wait, for a moment.
class CheckWatch : public schedule::Observer,
                   public control::Waiter,
                   public std::enable_shared_from_this<CheckWatch> {
 public:
  // `restored` is what was known of the check before this start, so that a restart goes on where it
  // was.
  CheckWatch(const settings::Check& check, std::shared_ptr<metrics::CheckSeries> series,
             Restored restored, std::shared_ptr<Listener> listener,
             std::shared_ptr<control::Gate> gate = nullptr);

  // Whether it looks at nothing but gauges and infos in a run that passed (RunInput::brief).
  static bool reads_only_trouble(const settings::Check& check);

  std::string memory() const override { return memory_ ? *memory_ : std::string(); }
  std::optional<Duration> on_result(Result&& result) override;
  void on_start(Microseconds lateness) override;
  void on_skipped(std::int64_t slots) override;
  void on_round() override;

  // On its shard's thread.
  detect::Account account() const;

 private:
  struct Lookout {
    std::vector<sights::Sight> sights;
    detect::Drift drift;
    std::string remembered{};  // what was told last
  };
  // A failure that waits to be believed.
  struct Held {
    Steady::time_point started;
    Result result;
  };
  bool was_unattended() const;
  bool judge(Result&& result);
  bool take_what_is_known();
  bool take(Result&& result);
  void keep(std::string memory);
  void look_for_changes(const Result& result);
  void compare_pace(Result& result);
  incident::Change observed(detect::Shift shift, Instant at) const;
  incident::Vote vote() const;
  void log(const detect::Verdict& verdict) const;

  Duration confirm_after_;
  int weight_;
  detect::Detector detector_;
  detect::Trail trail_;
  std::shared_ptr<metrics::CheckSeries> series_;  // knows the names too
  std::shared_ptr<Listener> listener_;
  std::shared_ptr<control::Gate> gate_;        // null: all is believed
  std::vector<Held> held_;                     // oldest first
  Steady::time_point started_{};               // of the newest run
  Instant began_{};                            // the same by the wall clock
  Duration attended_within_;                   // by the wall clock
  std::unique_ptr<const std::string> memory_;  // null: the probe has none, as nearly all
  std::unique_ptr<Lookout> lookout_;           // null: nothing is watched for changes
  std::unique_ptr<detect::Pace> pace_;         // null: it may be as slow as it likes
};

}  // namespace vedette::pipeline
