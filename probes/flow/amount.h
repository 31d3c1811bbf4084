// SPDX-License-Identifier: Apache-2.0
// Money in minor units: whole numbers, no floating point.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace vedette::flow {

struct Amount {
  std::int64_t minor = 0;  // >= 0; 100 of "1.00 EUR"
  int decimals = 0;        // digits behind the point, as written
  std::string currency;    // three capital letters (ISO 4217)

  // "1.00 EUR".
  std::string text() const;
  bool operator==(const Amount&) const = default;
};

// "1.00 EUR", "500 JPY". The error is one sentence.
std::expected<Amount, std::string> parse_amount(std::string_view text);

}  // namespace vedette::flow
