// SPDX-License-Identifier: Apache-2.0
// What one run of a probe found: outcome, reason, phases, evidence, facts, gauges.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "probes/answer.h"
#include "probes/clock.h"
#include "probes/outcome.h"
#include "probes/transcript.h"

namespace vedette {

// One measured part of a run, in the order it happened: {"connect", 1200us}. Names are string
// literals.
struct Phase {
  std::string_view name;
  Microseconds duration;
};

// What one expectation saw, in one plain sentence: "status was 502, expected 200".
struct Observation {
  std::string expectation;  // "status: 200"
  std::string saw;
  bool ok = true;
};

// A named fact kept as evidence (certificate subject, remote address ...); order is kept.
using FactValue = std::variant<std::string, std::int64_t, double, bool, std::vector<std::string>>;
struct Fact {
  std::string name;
  FactValue value;
};

struct Result {
  Outcome outcome = Outcome::unknown;
  std::optional<Reason> reason;  // empty exactly when the outcome is pass
  std::string message;           // one sentence, never a secret; empty on pass
  std::string step;              // of a flow, that did not pass; as configured
  Instant started_at{};
  Microseconds duration{};
  std::vector<Phase> phases;
  std::vector<Observation> evidence;
  std::vector<Fact> facts;
  Transcript transcript;
  // One value per entry of the probe type's gauge table (registry.h); NaN means "not seen in this
  // run".
  std::vector<double> gauges;
  // One text per entry of the probe type's info table: rendered labels, `version="TLS 1.3"`. Empty
  // means "not seen", as do those that are missing at the end.
  std::vector<std::string> infos;
  // What the next run shall know (RunInput::memory), UTF-8; nothing leaves it as it was. At most
  // `longest_memory` bytes: longer is a bug, and refused. Written to the store whenever it differs
  // from the last one: what is new in every run does not belong in it, and no secret does.
  std::optional<std::string> memory;
  // When it was asked for (RunInput::keep_answer) and there was one.
  std::shared_ptr<const Answer> answer;
};

inline constexpr std::size_t longest_memory = 4096;

inline constexpr double not_seen = std::numeric_limits<double>::quiet_NaN();

}  // namespace vedette
