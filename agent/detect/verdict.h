// SPDX-License-Identifier: Apache-2.0
// The debounced state of one check in one region.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "probes/clock.h"
#include "probes/outcome.h"

namespace vedette::detect {

enum class State : std::uint8_t { up, degraded, down, unknown };

std::string_view text(State state);
std::optional<State> parse_state(std::string_view text);

struct Verdict {
  State state = State::unknown;
  Instant
      since{};  // start of the first sample that spoke for this state: the onset, not the decision
  Instant decided{};  // start of the sample that settled it
  std::optional<Reason> reason;
  std::string message;     // of the newest result that spoke for this state; empty when up
  std::string evidence{};  // of the same result, some lines: for the engineers only
  // Down or degraded, but not always: it fails and passes by turns. Then it stays what it is until
  // it has come to rest.
  bool unstable = false;
  std::string step{};  // of the same result as the message: the step of a flow that did not pass

  bool operator==(const Verdict&) const = default;
};

}  // namespace vedette::detect
