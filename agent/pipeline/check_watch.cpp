// SPDX-License-Identifier: Apache-2.0
#include "agent/pipeline/check_watch.h"

#include <spdlog/spdlog.h>

#include "agent/pipeline/evidence_text.h"

namespace vedette::pipeline {

CheckWatch::CheckWatch(const settings::Check& check, std::shared_ptr<metrics::CheckSeries> series,
                       detect::Verdict restored, std::string memory,
                       std::shared_ptr<Listener> listener)
    : confirm_after_(check.detect.confirm_after),
      weight_(check.weight),
      detector_(check.detect, std::move(restored)),
      series_(std::move(series)),
      listener_(std::move(listener)) {
  if (!memory.empty()) memory_ = std::make_unique<const std::string>(std::move(memory));
  series_->record(detector_.verdict());
}

std::optional<Duration> CheckWatch::on_result(Result result) {
  series_->record(result);
  if (result.memory) keep(std::move(*result.memory));
  detect::Sample sample{
      .outcome = result.outcome, .reason = result.reason, .at = result.started_at};
  if (result.outcome != Outcome::pass) {
    sample.evidence = evidence_text(result);
    sample.message = std::move(result.message);
    sample.step = std::move(result.step);
  }
  const auto step = detector_.feed(sample);
  if (step.changed) {
    series_->record(detector_.verdict());
    log(detector_.verdict());
    listener_->on_vote(vote());
  }
  if (step.confirm) return confirm_after_;
  return std::nullopt;
}

void CheckWatch::keep(std::string memory) {
  if (memory.size() > longest_memory) {
    spdlog::error("check={}: its probe wants to keep {} bytes, which is a bug; {} is the most",
                  series_->labels().key(), memory.size(), longest_memory);
    return;
  }
  if (memory_ && *memory_ == memory) return;
  memory_ = std::make_unique<const std::string>(std::move(memory));
  listener_->on_memory(*memory_);
}

void CheckWatch::on_start(Microseconds lateness) {
  series_->record_lateness(lateness);
}

void CheckWatch::on_skipped(std::int64_t slots) {
  for (; slots > 0; --slots) series_->record_skipped();
}

incident::Vote CheckWatch::vote() const {
  const auto& labels = series_->labels();
  return {labels.key(),        labels.region,  labels.component, labels.probe,
          detector_.verdict(), labels.variant, weight_};
}

void CheckWatch::log(const detect::Verdict& verdict) const {
  const auto level = verdict.state == detect::State::up ? spdlog::level::info : spdlog::level::warn;
  spdlog::log(level, "check={} region={} verdict={} since={} reason={} message=\"{}\"",
              series_->labels().key(), series_->labels().region, detect::text(verdict.state),
              format_instant(verdict.since), verdict.reason ? text(*verdict.reason) : "-",
              verdict.message);
}

}  // namespace vedette::pipeline
