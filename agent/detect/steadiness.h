// SPDX-License-Identifier: Apache-2.0
// Whether a check fails all the time, or now and then: what makes it unstable, and what is to be
// said about it.
#pragma once

#include <cstdint>
#include <string>

#include "agent/detect/intermittence.h"
#include "agent/detect/unrest.h"
#include "probes/outcome.h"

namespace vedette::detect {

class Steadiness {
 public:
  Steadiness(const Policy& policy, int failures);

  // A sample that could tell. `down` is the state before it: a failure right after another one says
  // nothing new then, so that an outage that lasts does not look like one that comes and goes.
  void feed(Outcome outcome, bool down, Instant at);
  // The newest sample is a failure that made it down, or keeps it so, and so many of the window
  // are: with a pass among them it does not fail all the time.
  void see_down(bool was_down, int fails);
  // What could not be seen for a while may have changed.
  void look_away();
  // An unstable outage of before a restart goes on.
  void resume(Instant began) { intermittence_.resume(began); }

  // It must come to rest before it is believed to be over.
  bool unstable() const { return intermittence_.alarmed() || unrest_.flaps() || mixed_; }
  const Intermittence& intermittence() const { return intermittence_; }
  const Unrest& unrest() const { return unrest_; }

  // "9 of the last 34 runs failed", or "did not pass", where degraded ones count too.
  std::string words(bool degraded_too) const;

 private:
  bool solid() const;
  bool may_be_mixed() const;
  void end_row();

  Intermittence intermittence_;
  Unrest unrest_;
  std::uint64_t failed_ = 0;    // of the last 64 samples; bit 0: the newest
  std::uint64_t troubled_ = 0;  // degraded or failed, likewise
  std::uint32_t seen_ = 0;      // samples so far, counted up to 64
  std::uint8_t failing_ = 0;    // in a row up to now, likewise
  std::uint8_t longest_ = 0;    // such row that came to an end while there are points
  bool again_ = false;          // the newest is a failure, the one before was none
  bool mixed_ = false;          // failures and passes by turns, and not yet at rest
  Outcome previous_ = Outcome::unknown;
};

}  // namespace vedette::detect
