// SPDX-License-Identifier: Apache-2.0
// What happens to each result of one check: metrics, detection, and a vote when the verdict
// changed.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "agent/detect/detector.h"
#include "agent/incident/model.h"
#include "agent/metrics/check_series.h"
#include "agent/schedule/job.h"
#include "agent/settings/settings.h"

namespace vedette::pipeline {

// Called on the shard's thread; hands the vote to the core loop and returns at once.
using OnVote = std::function<void(incident::Vote)>;

// Lives on its shard's thread once its check was started.
class CheckWatch : public schedule::Observer {
 public:
  // `restored` is the verdict that the store knew before this start, so that a restart goes on
  // where it was.
  CheckWatch(const settings::Check& check, std::shared_ptr<metrics::CheckSeries> series,
             detect::Verdict restored, OnVote on_vote);

  std::string memory() const override { return memory_ ? *memory_ : std::string(); }
  std::optional<Duration> on_result(Result result) override;
  void on_start(Microseconds lateness) override;
  void on_skipped(std::int64_t slots) override;

 private:
  void keep(std::string memory);
  incident::Vote vote() const;
  void log(const detect::Verdict& verdict) const;

  Duration confirm_after_;
  detect::Detector detector_;
  std::shared_ptr<metrics::CheckSeries> series_;  // knows the names too
  OnVote on_vote_;
  std::unique_ptr<const std::string> memory_;  // null: the probe has none, as nearly all
};

}  // namespace vedette::pipeline
