// SPDX-License-Identifier: Apache-2.0
// Failures that come and go, each too far from the next for k of n: a Bernoulli CUSUM. A failure
// adds some points, every other run takes one away; at so many points it is an alarm.
//
// M. R. Reynolds and Z. G. Stoumbos, "A CUSUM Chart for Monitoring a Proportion When Inspecting
// Continuously", Journal of Quality Technology 31 (1999): the log-likelihood ratio of p1 against p0
// adds r2 - r1 for a failure and -r1 for another run, with r1 = -ln((1-p1)/(1-p0)) and r2 =
// ln(p1(1-p0)/(p0(1-p1))). With r1/r2 drawn to 1/m the sum walks over whole numbers, and its
// average run lengths are those of a small Markov chain.
#pragma once

#include <cstdint>

#include "agent/detect/policy.h"
#include "probes/clock.h"

namespace vedette::detect {

// In points. A failure adds `step`, another run takes one away, never below zero.
struct IntermittenceRule {
  int step = 1;   // m - 1
  int alarm = 0;  // reached: it is intermittent; 0: never
  int over = 0;   // so many passes, of which each failure takes `step` back: it is over
  bool operator==(const IntermittenceRule&) const = default;
};

// The rule that keeps to what is wished for: on average `false_alarm_every` until an alarm while
// all is normal, and a day until a false "it is over" while `worth_knowing` of the runs still fail.
// More than `failures` failures are asked for in any case: those in a row are not ours.
IntermittenceRule intermittence_rule(const Intermittent& wish, Duration every, int failures);

// Runs from zero points to the alarm, on average, when each fails with probability `p`: exact.
// For p * step < 1 - p, where the sum tends to fall; p in (0, 1).
double runs_to_alarm(const IntermittenceRule& rule, double p);
// Runs from the alarm to "over", on average; for any p in (0, 1).
double runs_to_over(const IntermittenceRule& rule, double p);

class Intermittence {
 public:
  explicit Intermittence(IntermittenceRule rule) : rule_(rule) {}

  // A run that could tell. `counted` is false for a failure that belongs to an outage which is
  // known: it adds nothing. Not so during an alarm, where every failure counts.
  void feed(bool failed, bool counted, Instant at);
  // It is no longer now and then, but all the time: somebody else's business. A little is missing
  // to the next alarm.
  void becomes_solid();
  // An alarm of before a restart goes on.
  void resume(Instant began);

  bool alarmed() const { return alarmed_; }
  int points() const { return points_; }      // towards the alarm
  int regained() const { return regained_; }  // towards "over", during an alarm
  const IntermittenceRule& rule() const { return rule_; }
  // The first failure since there were no points, and the runs since then, that one included.
  Instant began() const { return began_; }
  std::uint32_t runs() const { return runs_; }

 private:
  void suspect(bool failed, Instant at);
  void recover(bool failed);

  IntermittenceRule rule_;
  int points_ = 0;
  int regained_ = 0;
  std::uint32_t runs_ = 0;
  bool alarmed_ = false;
  Instant began_{};
};

}  // namespace vedette::detect
