// SPDX-License-Identifier: Apache-2.0
// Amounts are whole numbers of a currency's smallest unit, and never anything else.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vedette::demo {

constexpr std::int64_t most_of_one_payment = 99'999'999;  // eight digits, as with known gateways

// "12.30 EUR"; "1230 JPY", which has no smaller unit. `currency` as on the wire: "eur".
std::string format_money(std::int64_t amount, std::string_view currency);

}  // namespace vedette::demo
