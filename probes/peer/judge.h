// SPDX-License-Identifier: Apache-2.0
// From what was seen to the verdict of a run. No I/O.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "config/node.h"
#include "probes/expect/expectation.h"
#include "probes/net/failure.h"
#include "probes/result.h"

namespace vedette::peer {

// The part of every probe's settings that says what must hold.
struct Expectations {
  std::vector<expect::Expectation> expect;           // else fail
  std::vector<expect::Expectation> expect_degraded;  // else degraded
};

// The keys `expect` and `expect_degraded` of a probe's section.
Expectations read_expectations(config::Section& section, std::span<const expect::Subject> subjects);

// Sets outcome, reason and message, and appends one observation for each expectation; none when
// all are met and the run may be brief (RunInput::brief). Returns the first one of `expect` that
// was not met, if any.
std::optional<expect::Unmet> judge_expectations(const Expectations& expectations,
                                                const expect::Observed& observed, const Mask& mask,
                                                Result& result, bool brief = false);

// Outcome fail, for this reason. When `wanted` names what there should have been ("an answer"), the
// message is the evidence that it was not.
void fail(Result& result, net::Failure failure, std::string_view wanted = {});

// The last door: whatever text got into the result by whatever way, secrets are not in it.
void mask_texts(Result& result, const Mask& mask);

// Of two parts of one run, over IPv4 and over IPv6: both must pass. Phases, facts, gauges and
// transcript are those of the worse one, or of the slower one when both did equally well.
Result combine(Result v4, Result v6);

}  // namespace vedette::peer
