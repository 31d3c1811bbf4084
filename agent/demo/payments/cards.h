// SPDX-License-Identifier: Apache-2.0
// The test cards, under the names that known gateways give them.
#pragma once

#include <string_view>

namespace vedette::demo {

struct Card {
  std::string_view method;  // "pm_card_visa"
  std::string_view brand;   // "visa"
  std::string_view last4;
  // Why it is declined; empty for a card that works.
  std::string_view error_code = {};
  std::string_view decline_code = {};
};

// Null when there is no such card.
const Card* find_card(std::string_view method);
// The card behind the short name: "visa" is pm_card_visa, "declined" one that is always declined.
const Card* find_card_by_brand(std::string_view brand);

}  // namespace vedette::demo
