// SPDX-License-Identifier: Apache-2.0
// What a result that did not pass leaves as evidence for the engineers.
#pragma once

#include <cstddef>
#include <string>

#include "probes/result.h"

namespace vedette::pipeline {

inline constexpr std::size_t most_evidence = 2048;  // bytes

// Beside the result's message: what the other expectations saw that did not hold, one line each;
// then where it was and which certificate it met, as "name: value"; then the transcript from its
// beginning. Whole lines without a newline at the end, at most `most_evidence` bytes. Secrets were
// masked when the result was made. Never for the public page.
std::string evidence_text(const Result& result);

}  // namespace vedette::pipeline
