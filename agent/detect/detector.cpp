// SPDX-License-Identifier: Apache-2.0
// Remember the newest sample, judge the state it leads to, and keep when and why it began.
#include "agent/detect/detector.h"

#include <algorithm>
#include <utility>

namespace vedette::detect {
namespace {

constexpr int longest_window = 64;
constexpr Duration least_lost{60'000};
constexpr int intervals_lost = 4;

bool agrees(State state, Outcome outcome) {
  return (state == State::up && outcome == Outcome::pass) ||
         (state == State::degraded && outcome == Outcome::degraded) ||
         (state == State::down && outcome == Outcome::fail);
}

bool failing(State state) {
  return state == State::down || state == State::degraded;
}

std::uint8_t drawn(int value, int least) {
  return static_cast<std::uint8_t>(std::clamp(value, least, longest_window));
}

void count(std::uint8_t& row, bool goes_on) {
  row = goes_on ? static_cast<std::uint8_t>(std::min(row + 1, longest_window)) : std::uint8_t{0};
}

}  // namespace

Detector::Limits::Limits(const Policy& policy)
    : failures(drawn(policy.failures, 1)),
      of(drawn(policy.of, failures)),
      passes(drawn(policy.passes, 1)),
      degraded(drawn(policy.degraded.results > 0 ? policy.degraded.results : failures, 1)),
      degraded_of(drawn(policy.degraded.of > 0 ? policy.degraded.of : of, degraded)),
      degraded_passes(drawn(policy.degraded.passes > 0 ? policy.degraded.passes : 2 * passes, 1)) {}

Detector::Detector(const Policy& policy, Verdict restored)
    : limits_(policy),
      verdict_(std::move(restored)),
      steadiness_(policy, limits_.failures),
      lost_(std::max(least_lost, intervals_lost * policy.every)) {
  if (verdict_.unstable && verdict_.state == State::down) steadiness_.resume(verdict_.since);
}

Step Detector::feed(const Sample& sample) {
  if (sample.outcome == Outcome::unknown) return feed_unknown(sample);
  Step step;
  step.changed = see_again(sample);
  remember(sample);
  const bool was_down = verdict_.state == State::down;
  steadiness_.feed(sample.outcome, was_down, sample.at);

  const State next = judge(sample.outcome);
  if (next == State::down && sample.outcome == Outcome::fail)
    steadiness_.see_down(was_down, fails());
  step.changed |= next != verdict_.state;
  if (next != verdict_.state) settle(next, sample);
  step.changed |= explain(sample);
  // The first sample that speaks against the state is worth a second look; further ones come at the
  // usual pace. Nothing is decided by a look at what is unstable.
  step.confirm =
      !verdict_.unstable && !agrees(verdict_.state, sample.outcome) && sample.outcome != previous_;
  previous_ = sample.outcome;
  return step;
}

Step Detector::feed_unknown(const Sample& sample) {
  const bool again = std::exchange(unknown_before_, true);
  if (!again) first_unknown_ = sample.at;
  if (verdict_.state == State::unknown) return cannot_tell(sample, verdict_);
  if (!again) return {};
  if (unseen_) return cannot_tell(sample, *unseen_);
  unseen_ = std::make_unique<Verdict>();
  unseen_->since = std::min(first_unknown_, sample.at);
  unseen_->decided = verdict_.decided + std::chrono::milliseconds{1};
  cannot_tell(sample, *unseen_);
  return {.changed = true};
}

Step Detector::cannot_tell(const Sample& sample, Verdict& verdict) {
  const bool changed = verdict.reason != sample.reason;
  if (verdict.since == Instant{}) verdict.since = sample.at;
  if (changed) verdict.decided = std::max({sample.at, verdict.since, verdict.decided});
  verdict.reason = sample.reason;
  verdict.message = sample.message;
  verdict.evidence = sample.evidence;
  return {.changed = changed};
}

// What was known before stands again, but for what had not been settled: it is confirmed anew. True
// when it could not be seen for long enough to have been told.
bool Detector::see_again(const Sample& sample) {
  unknown_before_ = false;
  if (!unseen_) return false;
  verdict_.decided = std::max(sample.at, unseen_->decided + std::chrono::milliseconds{1});
  const bool was_long = sample.at - first_unknown_ > lost_ || sample.at < first_unknown_;
  if (verdict_.state == State::up && was_long)
    verdict_.since = std::min(sample.at, verdict_.decided);
  window_.clear();
  passes_ = not_failing_ = 0;
  steadiness_.look_away();
  previous_ = Outcome::unknown;
  unseen_.reset();
  return true;
}

void Detector::remember(const Sample& sample) {
  const bool pass = sample.outcome == Outcome::pass;
  const bool fail = sample.outcome == Outcome::fail;
  if (pass && passes_ == 0) first_pass_ = sample.at;
  if (!fail && not_failing_ == 0) first_not_failing_ = sample.at;
  count(passes_, pass);
  count(not_failing_, !fail);

  ++seen_;
  forget_old();
  if (!pass) window_.push_back({sample.at, seen_, fail});
}

void Detector::forget_old() {
  const std::uint32_t size = std::max(limits_.of, limits_.degraded_of);
  std::erase_if(window_, [&](const Trouble& trouble) { return seen_ - trouble.number >= size; });
  if (window_.empty()) window_.shrink_to_fit();
}

bool Detector::unstable() const {
  return failing(verdict_.state) && steadiness_.unstable();
}

int Detector::fails() const {
  return static_cast<int>(std::ranges::count_if(window_, [&](const Trouble& trouble) {
    return trouble.fail && seen_ - trouble.number < limits_.of;
  }));
}

int Detector::troubles() const {
  return static_cast<int>(std::ranges::count_if(window_, [&](const Trouble& trouble) {
    return seen_ - trouble.number < limits_.degraded_of;
  }));
}

State Detector::judge(Outcome newest) const {
  if (steadiness_.intermittence().alarmed()) return State::down;
  if (newest == Outcome::pass || verdict_.state == State::down) return judge_recovery(newest);
  if (fails() >= limits_.failures) return State::down;
  if (troubles() >= limits_.degraded) return State::degraded;
  return verdict_.state;
}

State Detector::judge_recovery(Outcome newest) const {
  if (unstable()) return verdict_.state;
  if (verdict_.state == State::unknown && window_.empty()) return State::up;
  if (newest == Outcome::pass && passes_ >= passes_needed()) return State::up;
  const bool better = newest == Outcome::degraded && not_failing_ >= limits_.passes;
  return better ? State::degraded : verdict_.state;
}

int Detector::passes_needed() const {
  return verdict_.state == State::degraded ? limits_.degraded_passes : limits_.passes;
}

Instant Detector::onset(State next) const {
  if (next == State::up) return first_pass_;
  if (next == State::degraded && verdict_.state == State::down) return first_not_failing_;
  const Intermittence& intermittence = steadiness_.intermittence();
  if (next == State::down && intermittence.alarmed()) return intermittence.began();
  const auto counts = [&](const Trouble& trouble) {
    const auto size = next == State::down ? limits_.of : limits_.degraded_of;
    return seen_ - trouble.number < size && (trouble.fail || next == State::degraded);
  };
  return std::ranges::find_if(window_, counts)->at;
}

void Detector::settle(State next, const Sample& sample) {
  // A clock that was set back must not make the newer verdict look older than the one it replaces.
  const Instant decided = std::max(sample.at, verdict_.decided + std::chrono::milliseconds{1});
  const bool was_down = verdict_.state == State::down;
  verdict_.since = std::min(onset(next), decided);
  verdict_.decided = decided;
  verdict_.state = next;
  if (next == State::up) {
    window_.clear();  // what was overcome does not count toward the next failure
    window_.shrink_to_fit();
    verdict_.reason.reset();
    verdict_.message.clear();
    verdict_.step.clear();
    verdict_.evidence.clear();
    verdict_.evidence.shrink_to_fit();
  } else if (next == State::degraded) {
    verdict_.reason.reset();
    // What led to `down` is overcome; only new failures shall lead there again.
    if (was_down) std::erase_if(window_, [](const Trouble& trouble) { return trouble.fail; });
  }
}

// Keeps why it fails, from the newest sample that speaks for the state, and whether it fails all
// the time. True when the reason or the step is another, or that.
bool Detector::explain(const Sample& sample) {
  const bool turned = unstable() != verdict_.unstable;
  verdict_.unstable = unstable();
  if (turned && verdict_.unstable) verdict_.message = words(sample);
  const bool speaks = verdict_.state == State::down ? sample.outcome == Outcome::fail
                                                    : sample.outcome != Outcome::pass;
  if (!failing(verdict_.state) || !speaks) return turned;
  const bool other = verdict_.reason != sample.reason || verdict_.step != sample.step;
  verdict_.reason = sample.reason;
  verdict_.step = sample.step;
  verdict_.message = words(sample);
  verdict_.evidence = sample.evidence;
  return other || turned;
}

// "9 of the last 34 runs failed; the newest: status was 502, expected 200".
std::string Detector::words(const Sample& sample) const {
  if (!verdict_.unstable) return sample.message;
  const auto counted = steadiness_.words(verdict_.state == State::degraded);
  return sample.message.empty() ? counted : counted + "; the newest: " + sample.message;
}

}  // namespace vedette::detect
