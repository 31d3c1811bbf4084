// SPDX-License-Identifier: Apache-2.0
// Turns the results of one check into a verdict: k of n with quick confirmation for what fails, a
// CUSUM for what fails now and then, and a rest that is asked for before the end of either is
// believed. Pure; time comes in with the samples.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agent/detect/policy.h"
#include "agent/detect/steadiness.h"
#include "agent/detect/verdict.h"

namespace vedette::detect {

struct Sample {
  Outcome outcome = Outcome::unknown;
  std::optional<Reason> reason;
  std::string message{};
  Instant at{};            // when the run started
  std::string evidence{};  // some plain lines, bounded by whoever makes them
  std::string step{};      // of a flow, that did not pass
};

struct Step {
  bool changed = false;  // the verdict differs from before: state, being unstable, or the reason
                         // or step while failing
  bool confirm = false;  // ask again after confirm_after rather than after a whole interval
};

// A fail counts toward down and toward degraded, a degraded sample toward degraded only. What is
// not up goes up after enough consecutive passes; what is down becomes degraded after as many
// samples that are degraded or pass. While it is unstable neither happens. Small while all is well:
// what the window keeps is only the samples that did not pass.
class Detector {
 public:
  // A policy out of its bounds is drawn into them. A restored verdict stands until new samples
  // settle another.
  explicit Detector(const Policy& policy, Verdict restored = {});

  // Samples come in the order of their start. A single `unknown` sample changes nothing but a
  // verdict that was never known; from the second in a row on, the verdict is unknown. It is what
  // it was again with the next sample that could tell, but what was only suspected is forgotten.
  // What was up counts as up without a break when a few results were lost: for a minute, or four
  // intervals; else anew.
  Step feed(const Sample& sample);
  const Verdict& verdict() const { return unseen_ ? *unseen_ : verdict_; }

  // Where each rule stands, a line each: for whoever asks why.
  std::vector<std::string> account() const;

 private:
  // A sample of the window that did not pass.
  struct Trouble {
    Instant at;
    std::uint32_t number;
    bool fail;
  };
  // All of them 1 to 64.
  struct Limits {
    explicit Limits(const Policy& policy);
    std::uint8_t failures, of, passes;
    std::uint8_t degraded, degraded_of, degraded_passes;
  };

  Step feed_unknown(const Sample& sample);
  Step cannot_tell(const Sample& sample, Verdict& verdict);
  bool see_again(const Sample& sample);
  void remember(const Sample& sample);
  void forget_old();
  bool unstable() const;
  State judge(Outcome newest) const;
  State judge_recovery(Outcome newest) const;
  int passes_needed() const;
  Instant onset(State next) const;
  void settle(State next, const Sample& sample);
  bool explain(const Sample& sample);
  std::string words(const Sample& sample) const;
  int fails() const;
  int troubles() const;

  Limits limits_;
  Verdict verdict_;                  // the last one that was known
  std::unique_ptr<Verdict> unseen_;  // while the newest samples could not tell, else null
  Steadiness steadiness_;
  std::vector<Trouble> window_;   // oldest first; numbers within the greater `of` of seen_
  std::uint32_t seen_ = 0;        // known samples so far; may wrap
  std::uint8_t passes_ = 0;       // in a row up to now, counted up to 64
  std::uint8_t not_failing_ = 0;  // degraded or pass, likewise
  bool unknown_before_ = false;   // the newest sample was unknown
  Duration lost_;                 // so long unseen, and what was steady is no less so
  Outcome previous_ = Outcome::unknown;
  Instant first_pass_{};         // of that row
  Instant first_not_failing_{};  // of that row
  Instant first_unknown_{};      // of the row of unknown samples up to now, if there is one
};

}  // namespace vedette::detect
