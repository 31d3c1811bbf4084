// SPDX-License-Identifier: Apache-2.0
// What is expected of the values of a flow: `{balance_after: {equals: "${balance_before}"}}`.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "probes/flow/names.h"
#include "probes/flow/text/section.h"
#include "probes/result.h"

namespace vedette::flow {

class Conditions {
 public:
  // The key of a step, or nothing when it is absent. Every mistake is added to the problems.
  static std::optional<Conditions> read(config::Section& section, std::string_view key,
                                        const Names& known);

  struct Outcome {
    std::vector<Observation> seen;
    std::string unmet;  // of the first that was not met, one sentence; empty: all are met
  };
  // A value that is not there is missing, like a missing key in JSON. The error: a condition could
  // not be filled in.
  std::expected<Outcome, std::string> evaluate(const Scope& scope, const Mask& mask) const;

 private:
  explicit Conditions(Section section) : section_(std::move(section)) {}

  Section section_;
};

}  // namespace vedette::flow
