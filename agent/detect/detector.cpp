// SPDX-License-Identifier: Apache-2.0
// k of n: remember the newest sample, judge the state it leads to, and keep when and why it began.
#include "agent/detect/detector.h"

#include <algorithm>
#include <utility>

namespace vedette::detect {
namespace {

Policy bounded(Policy policy) {
  policy.failures = std::clamp(policy.failures, 1, 64);
  policy.of = std::clamp(policy.of, policy.failures, 64);
  policy.passes = std::max(policy.passes, 1);
  return policy;
}

bool agrees(State state, Outcome outcome) {
  return (state == State::up && outcome == Outcome::pass) ||
         (state == State::degraded && outcome == Outcome::degraded) ||
         (state == State::down && outcome == Outcome::fail);
}

bool failing(State state) {
  return state == State::down || state == State::degraded;
}

}  // namespace

Detector::Detector(Policy policy, Verdict restored)
    : policy_(bounded(policy)), verdict_(std::move(restored)) {}

Step Detector::feed(const Sample& sample) {
  if (sample.outcome == Outcome::unknown) return keep_unknown(sample);
  remember(sample);

  const State next = judge(sample.outcome);
  Step step;
  step.changed = next != verdict_.state;
  if (step.changed) settle(next, sample);
  step.changed |= explain(sample);
  // The first sample that speaks against the state is worth a second look; further ones come at the
  // usual pace.
  step.confirm = !agrees(verdict_.state, sample.outcome) && sample.outcome != previous_;
  previous_ = sample.outcome;
  return step;
}

Step Detector::keep_unknown(const Sample& sample) {
  if (verdict_.state != State::unknown) return {};
  const bool changed = verdict_.reason != sample.reason;
  if (verdict_.since == Instant{}) verdict_.since = sample.at;
  if (changed) verdict_.decided = std::max(sample.at, verdict_.since);
  verdict_.reason = sample.reason;
  verdict_.message = sample.message;
  verdict_.evidence = sample.evidence;
  return {.changed = changed};
}

void Detector::remember(const Sample& sample) {
  const bool pass = sample.outcome == Outcome::pass;
  const bool fail = sample.outcome == Outcome::fail;
  if (pass && passes_ == 0) first_pass_ = sample.at;
  if (!fail && not_failing_ == 0) first_not_failing_ = sample.at;
  passes_ = pass ? std::min(passes_ + 1, policy_.passes) : 0;
  not_failing_ = fail ? 0 : std::min(not_failing_ + 1, policy_.passes);

  ++seen_;
  forget_old();
  if (!pass) window_.push_back({sample.at, seen_, fail});
}

void Detector::forget_old() {
  const auto size = static_cast<std::uint32_t>(policy_.of);
  std::erase_if(window_, [&](const Trouble& trouble) { return seen_ - trouble.number >= size; });
  if (window_.empty()) window_.shrink_to_fit();
}

int Detector::fails() const {
  return static_cast<int>(std::ranges::count(window_, true, &Trouble::fail));
}

State Detector::judge(Outcome newest) const {
  const bool recovered = passes_ >= policy_.passes;
  if (verdict_.state == State::down) {
    if (recovered) return State::up;
    const bool better = newest == Outcome::degraded && not_failing_ >= policy_.passes;
    return better ? State::degraded : State::down;
  }
  if (newest == Outcome::pass) {
    if (verdict_.state == State::unknown && window_.empty()) return State::up;
    return recovered ? State::up : verdict_.state;
  }
  if (fails() >= policy_.failures) return State::down;
  if (static_cast<int>(window_.size()) >= policy_.failures) return State::degraded;
  return verdict_.state;
}

Instant Detector::onset(State next) const {
  if (next == State::up) return first_pass_;
  if (next == State::degraded && verdict_.state == State::down) return first_not_failing_;
  if (next == State::degraded) return window_.front().at;
  return std::ranges::find(window_, true, &Trouble::fail)->at;
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
    verdict_.evidence.clear();
    verdict_.evidence.shrink_to_fit();
  } else if (next == State::degraded) {
    verdict_.reason.reset();
    // What led to `down` is overcome; only new failures shall lead there again.
    if (was_down) std::erase_if(window_, [](const Trouble& trouble) { return trouble.fail; });
  }
}

// Keeps why it fails, from the newest sample that speaks for the state. True when the reason is
// another.
bool Detector::explain(const Sample& sample) {
  const bool speaks = verdict_.state == State::down ? sample.outcome == Outcome::fail
                                                    : sample.outcome != Outcome::pass;
  if (!failing(verdict_.state) || !speaks) return false;
  const bool other = verdict_.reason != sample.reason;
  verdict_.reason = sample.reason;
  verdict_.message = sample.message;
  verdict_.evidence = sample.evidence;
  return other;
}

}  // namespace vedette::detect
