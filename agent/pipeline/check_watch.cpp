// SPDX-License-Identifier: Apache-2.0
#include "agent/pipeline/check_watch.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "agent/pipeline/evidence_text.h"

namespace vedette::pipeline {
namespace {

// More can only wait while the core loop is stuck.
constexpr std::size_t most_held = 4;

// What the agent could not see is nobody's failure.
Result unseen(Result result, Reason reason) {
  result.outcome = Outcome::unknown;
  result.message = fmt::format("{}; it looked like this: {}",
                               reason == Reason::agent_blind
                                   ? "the agent cannot see: too few of its controls answer"
                                   : "nobody attended to the run in time",
                               result.message);
  result.reason = reason;
  return result;
}

// A flow cleans up after its deadline, before its result is told.
Duration may_last(const settings::Check& check) {
  const bool cleans_up = check.type != nullptr && check.type->name == "flow";
  return cleans_up ? std::chrono::hours{1} : check.timeout;
}

}  // namespace

CheckWatch::CheckWatch(const settings::Check& check, std::shared_ptr<metrics::CheckSeries> series,
                       Restored restored, std::shared_ptr<Listener> listener,
                       std::shared_ptr<control::Gate> gate)
    : confirm_after_(check.detect.confirm_after),
      weight_(check.weight),
      detector_(check.detect, std::move(restored.verdict)),
      series_(std::move(series)),
      listener_(std::move(listener)),
      gate_(std::move(gate)),
      attended_within_(may_last(check)) {
  if (!restored.memory.empty())
    memory_ = std::make_unique<const std::string>(std::move(restored.memory));
  if (!check.watched.empty())
    lookout_ = std::make_unique<Lookout>(
        Lookout{check.watched, detect::Drift(restored.seen, check.watched)});
  if (check.detect.slower.on)
    pace_ = std::make_unique<detect::Pace>(check.detect.slower, restored.usual);
  series_->record(detector_.verdict());
}

// What is slower than usual was a run that passed: its facts are evidence then.
bool CheckWatch::reads_only_trouble(const settings::Check& check) {
  return check.watched.empty() && !check.detect.slower.on;
}

std::optional<Duration> CheckWatch::on_result(Result&& result) {
  if (result.memory) keep(std::move(*result.memory));
  if (result.outcome == Outcome::fail && was_unattended())
    result = unseen(std::move(result), Reason::agent_late);
  if (judge(std::move(result))) return confirm_after_;
  return std::nullopt;
}

bool CheckWatch::was_unattended() const {
  return began_ != Instant{} && control::was_unattended(wall_now() - began_, attended_within_);
}

// Whether it shall be confirmed soon. What comes after a failure that waits, waits behind it.
bool CheckWatch::judge(Result&& result) {
  const bool believed = !gate_ || result.outcome != Outcome::fail;
  if (believed && held_.empty()) return take(std::move(result));
  held_.push_back({started_, std::move(result)});
  const bool confirm = take_what_is_known();
  if (held_.size() > most_held) {
    take(unseen(std::move(held_.front().result), Reason::agent_late));
    held_.erase(held_.begin());
  }
  return confirm || (!held_.empty() && detector_.verdict().state != detect::State::down);
}

void CheckWatch::on_round() {
  take_what_is_known();
}

// Whether the newest of these shall be confirmed soon.
bool CheckWatch::take_what_is_known() {
  bool confirm = false;
  while (!held_.empty()) {
    const bool failed = held_.front().result.outcome == Outcome::fail;
    const auto sees = failed ? gate_->sees(held_.front().started, shared_from_this()) : true;
    if (!sees) break;
    Result result = std::move(held_.front().result);
    held_.erase(held_.begin());
    confirm = take(*sees ? std::move(result) : unseen(std::move(result), Reason::agent_blind));
  }
  return confirm;
}

// Whether it shall be confirmed soon.
bool CheckWatch::take(Result&& result) {
  if (pace_) compare_pace(result);
  series_->record(result);
  if (lookout_) look_for_changes(result);
  detect::Sample sample{
      .outcome = result.outcome, .reason = result.reason, .at = result.started_at};
  if (result.outcome != Outcome::pass) {
    sample.evidence = evidence_text(result);
    sample.message = std::move(result.message);
    sample.step = std::move(result.step);
  }
  const auto step = detector_.feed(sample);
  trail_.add(sample, detector_.verdict());
  if (step.changed) {
    series_->record(detector_.verdict());
    log(detector_.verdict());
    listener_->on_vote(vote());
  }
  return step.confirm;
}

void CheckWatch::keep(std::string memory) {
  if (memory.size() > longest_memory) {
    spdlog::error("check={}: its probe wants to keep {} bytes, which is a bug; {} is the most",
                  series_->labels().key(), memory.size(), longest_memory);
    return;
  }
  if (memory_ && *memory_ == memory) return;
  memory_ = std::make_unique<const std::string>(std::move(memory));
  listener_->on_memory(detect::of_probe, *memory_);
}

void CheckWatch::look_for_changes(const Result& result) {
  auto looked = lookout_->drift.look(sights::see(lookout_->sights, result));
  for (auto& shift : looked.shifts)
    listener_->on_observed(observed(std::move(shift), result.started_at));
  if (!looked.met_new) return;
  auto memory = lookout_->drift.memory();
  if (memory == lookout_->remembered) return;
  lookout_->remembered = memory;
  listener_->on_memory(detect::of_drift, std::move(memory));
}

// An answer that came is not a failure, however slow it was.
void CheckWatch::compare_pace(Result& result) {
  if (result.outcome != Outcome::pass && result.outcome != Outcome::degraded) return;
  if (pace_->feed(result.started_at, result.duration))
    listener_->on_memory(detect::of_pace, pace_->memory());
  if (pace_->slow().empty() || result.outcome != Outcome::pass) return;
  result.outcome = Outcome::degraded;
  result.reason = Reason::slower_than_usual;
  result.message = pace_->slow();
}

incident::Change CheckWatch::observed(detect::Shift shift, Instant at) const {
  const auto& labels = series_->labels();
  incident::Change change;
  change.kind = incident::ChangeKind::observed;
  change.at = at;
  change.recorded = wall_now();
  change.text = fmt::format("the {} changed", shift.what);
  change.author = fmt::format("check {} in {}", labels.key(), labels.region);
  change.is_public = false;
  change.before = std::move(shift.before);
  change.after = std::move(shift.after);
  change.components = {labels.component};
  change.id = incident::change_id(change);
  spdlog::info(
      "check={} region={} observed=\"{}\" before=\"{}\" after=\"{}\"{}", labels.key(),
      labels.region, change.text, change.before, change.after,
      shift.restless ? "; it changes all the time, and is not told until it keeps still" : "");
  return change;
}

void CheckWatch::on_start(Microseconds lateness) {
  started_ = Steady::now();
  began_ = wall_now();
  series_->record_lateness(lateness);
}

void CheckWatch::on_skipped(std::int64_t slots) {
  constexpr std::int64_t most = std::numeric_limits<std::uint32_t>::max();
  series_->record_skipped(static_cast<std::uint32_t>(std::min(slots, most)));
}

incident::Vote CheckWatch::vote() const {
  const auto& labels = series_->labels();
  return {labels.key(),        labels.region,  labels.component, labels.probe,
          detector_.verdict(), labels.variant, weight_};
}

detect::Account CheckWatch::account() const {
  auto rules = detector_.account();
  if (pace_) rules.push_back(pace_->account());
  if (lookout_) std::ranges::move(lookout_->drift.account(), std::back_inserter(rules));
  return {series_->labels().key(), series_->labels().component, detector_.verdict(),
          std::move(rules),        trail_.stretches(),          held_.size()};
}

void CheckWatch::log(const detect::Verdict& verdict) const {
  const auto level = verdict.state == detect::State::up ? spdlog::level::info : spdlog::level::warn;
  spdlog::log(level, "check={} region={} verdict={} since={} reason={} message=\"{}\"",
              series_->labels().key(), series_->labels().region, detect::text(verdict.state),
              format_instant(verdict.since), verdict.reason ? text(*verdict.reason) : "-",
              verdict.message);
}

}  // namespace vedette::pipeline
