// SPDX-License-Identifier: Apache-2.0
// Reads `expect: {status: 200, body: {contains: "x", not: {matches: "y"}}, ...}`.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "config/node.h"
#include "probes/expect/expectation.h"

namespace vedette::expect {

// One expectation for each condition, in the order of `subjects`. `what` names the section in
// messages. `subjects` must outlive the expectations: a constant table. Every mistake is added to
// `problems`.
std::vector<Expectation> parse(const config::Node& node, std::string what,
                               std::span<const Subject> subjects, config::Problems& problems);

}  // namespace vedette::expect
