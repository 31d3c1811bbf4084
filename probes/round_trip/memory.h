// SPDX-License-Identifier: Apache-2.0
// What a check remembers of its last runs: the tokens of messages that arrived and were cleared
// away. One of them in the mailbox again was delivered twice.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "probes/round_trip/token.h"

namespace vedette::round_trip {

inline constexpr std::size_t max_remembered = 16;  // runs

// Newest last. What is no token of this owner is left out.
std::vector<Token> recall(std::string_view memory, std::string_view owner);
// The memory with one more; the oldest are forgotten.
std::string remember(std::span<const Token> known, const Token& token);

}  // namespace vedette::round_trip
