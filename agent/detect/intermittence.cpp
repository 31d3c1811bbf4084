// SPDX-License-Identifier: Apache-2.0
#include "agent/detect/intermittence.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

namespace vedette::detect {
namespace {

// What can be configured needs a few thousand.
constexpr int most_points = 100'000;
constexpr Duration false_over_every{std::chrono::hours{24}};

// Runs from zero points to an alarm at h, for h = 1, 2, ... one after the other.
//
// With L(i) the runs that are left at i points, L(i) = 1 + p L(i + s) + q L(i - 1) inside, L(0) =
// 1/p + L(s), and L = 0 from h on. The sum walks down one point at a time, so all L are known from
// its scale function W (W(1) = 1, q W(j+1) = W(j) - p W(j-s)): L(h - j) = c W(j) - S(j), with S(j)
// the sum of W(k) / q for k < j. The differences D(j) = W(j+1) - W(j) are p/q times the sum of the
// s differences before: a sum of positive numbers, in which nothing cancels.
class RunLengths {
 public:
  RunLengths(double p, int step) : p_(p), q_(1 - p), step_(static_cast<std::size_t>(step)) {}

  double next() {
    ++alarm_;
    recent_ += differences_.back();
    if (differences_.size() > step_) recent_ -= differences_[differences_.size() - 1 - step_];
    const double difference = p_ / q_ * recent_;
    differences_.push_back(difference);
    const double from_step = alarm_ > step_ ? sums_[alarm_ - step_] : 0;
    const double runs =
        scale_ * (1 / p_ + sums_.back() - from_step) * p_ / (q_ * difference) - sums_.back();
    sums_.push_back(sums_.back() + scale_ / q_);
    scale_ += difference;
    return runs;
  }

 private:
  double p_, q_;
  std::size_t step_;
  std::size_t alarm_ = 0;
  double scale_ = 1;                      // W(alarm)
  double recent_ = 0;                     // of the last `step` differences
  std::vector<double> differences_{1.0};  // D(0), D(1), ...
  std::vector<double> sums_{0.0, 0.0};    // S(0), S(1), ...
};

// Runs from one more point regained to the next, for 0, 1, ...: 1/q of a run and, after a failure,
// the way up again from where it threw back to.
class Regains {
 public:
  Regains(double p, int step) : p_(p), step_(static_cast<std::size_t>(step)) {}

  double next() {
    const double runs = (1 + p_ * recent_) / (1 - p_);
    steps_.push_back(runs);
    recent_ += runs;
    if (steps_.size() > step_) recent_ -= steps_[steps_.size() - 1 - step_];
    return runs;
  }

 private:
  double p_;
  std::size_t step_;
  double recent_ = 0;
  std::vector<double> steps_;
};

double runs_of(Duration time, Duration every) {
  return static_cast<double>(time.count()) / static_cast<double>(every.count());
}

int step_of(const Intermittent& wish) {
  const double p0 = wish.normal_failures;
  const double p1 = wish.worth_knowing;
  const double r1 = -std::log((1 - p1) / (1 - p0));
  const double r2 = std::log(p1 * (1 - p0) / (p0 * (1 - p1)));
  return std::max(static_cast<int>(std::lround(r2 / r1)), 2) - 1;
}

}  // namespace

IntermittenceRule intermittence_rule(const Intermittent& wish, Duration every, int failures) {
  if (!wish.on) return {};
  IntermittenceRule rule{.step = step_of(wish)};
  const double rarely = runs_of(wish.false_alarm_every, every);
  RunLengths alarms(wish.normal_failures, rule.step);
  do {
    ++rule.alarm;
  } while ((alarms.next() < rarely || rule.alarm <= failures * rule.step) &&
           rule.alarm < most_points);
  Regains regains(wish.worth_knowing, rule.step);
  const double long_enough = runs_of(false_over_every, every);
  for (double runs = 0; runs < long_enough && rule.over < rule.alarm; ++rule.over) {
    runs += regains.next();
  }
  rule.over = std::max(rule.over, 1);
  return rule;
}

double runs_to_alarm(const IntermittenceRule& rule, double p) {
  RunLengths lengths(p, rule.step);
  double runs = 0;
  for (int i = 0; i < rule.alarm; ++i) runs = lengths.next();
  return runs;
}

double runs_to_over(const IntermittenceRule& rule, double p) {
  Regains regains(p, rule.step);
  double runs = 0;
  for (int i = 0; i < rule.over; ++i) runs += regains.next();
  return runs;
}

void Intermittence::feed(bool failed, bool counted, Instant at) {
  if (rule_.alarm == 0) return;
  if (alarmed_) return recover(failed);
  if (failed && !counted) return;
  suspect(failed, at);
}

void Intermittence::suspect(bool failed, Instant at) {
  if (points_ == 0) {
    if (!failed) return;
    began_ = at;
    runs_ = 0;
  }
  ++runs_;
  points_ = failed ? points_ + rule_.step : points_ - 1;
  if (points_ < rule_.alarm) return;
  alarmed_ = true;
  regained_ = 0;
}

void Intermittence::recover(bool failed) {
  ++runs_;
  regained_ = failed ? std::max(regained_ - rule_.step, 0) : regained_ + 1;
  if (regained_ < rule_.over) return;
  alarmed_ = false;
  points_ = 0;
}

void Intermittence::becomes_solid() {
  if (!alarmed_) return;
  alarmed_ = false;
  points_ = rule_.alarm - rule_.step;
}

void Intermittence::resume(Instant began) {
  if (rule_.alarm == 0) return;
  alarmed_ = true;
  regained_ = 0;
  began_ = began;
  runs_ = 1;
}

}  // namespace vedette::detect
