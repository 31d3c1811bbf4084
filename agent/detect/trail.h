// SPDX-License-Identifier: Apache-2.0
// What the newest runs of a check came to, and what the rules made of them: for whoever asks why.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "agent/detect/verdict.h"
#include "probes/clock.h"
#include "probes/outcome.h"

namespace vedette::detect {

struct Sample;

// Runs in a row that came to the same and changed nothing.
struct Stretch {
  Instant first{}, last{};  // when the first and the last of them started
  std::uint32_t runs = 1;
  Outcome outcome = Outcome::unknown;
  std::optional<Reason> reason;
  std::string message;           // of the last one, at most 200 bytes
  State state = State::unknown;  // of the verdict after them
  bool unstable = false;         // likewise
};

// Small while all is well: then there is one stretch.
class Trail {
 public:
  static constexpr std::size_t kept = 24;

  // `after` is the verdict that this sample led to.
  void add(const Sample& sample, const Verdict& after);
  // Oldest first, the newest 24.
  const std::vector<Stretch>& stretches() const { return stretches_; }

 private:
  std::vector<Stretch> stretches_;
};

// Why a check is in its state.
struct Account {
  std::string check;  // its name, with the variant in brackets
  std::string component;
  Verdict verdict;
  std::vector<std::string> rules;  // where each of them stands, a line each
  std::vector<Stretch> trail;
  std::size_t waiting = 0;  // results that wait until it is known whether the agent sees
};

}  // namespace vedette::detect
