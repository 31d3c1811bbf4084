// SPDX-License-Identifier: Apache-2.0
// The mark by which a run knows its own message again: whose it is, when it was sent, and 128
// random bits.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "probes/clock.h"

namespace vedette::round_trip {

inline constexpr std::string_view owner_header = "X-Vedette-Check";
inline constexpr std::string_view token_header = "X-Vedette-Token";

using RandomBits = std::array<std::uint8_t, 16>;

// RunInput::identity as it stands in tokens.
std::string owner_of(std::uint64_t identity);

struct Token {
  std::string owner;
  std::chrono::sys_seconds sent{};
  RandomBits random{};

  // "vedette-k3v9q1x0a7c2-1795648000-0123456789abcdef0123456789abcdef".
  std::string text() const;
  bool operator==(const Token&) const = default;
};

// Nothing for anything that text() would not have written.
std::optional<Token> parse_token(std::string_view text);

// Unguessable bits from the system.
RandomBits random_bits();

}  // namespace vedette::round_trip
