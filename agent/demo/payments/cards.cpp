// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/payments/cards.h"

#include <algorithm>
#include <array>
#include <string>

namespace vedette::demo {
namespace {

constexpr std::string_view declined = "pm_card_chargeDeclined";

constexpr std::array<Card, 12> cards{{
    {"pm_card_visa", "visa", "4242"},
    {"pm_card_mastercard", "mastercard", "4444"},
    {"pm_card_amex", "amex", "0005"},
    {"pm_card_discover", "discover", "1117"},
    {"pm_card_diners", "diners", "0004"},
    {"pm_card_jcb", "jcb", "0505"},
    {"pm_card_unionpay", "unionpay", "0005"},
    {declined, "visa", "0002", "card_declined", "generic_decline"},
    {"pm_card_chargeDeclinedInsufficientFunds", "visa", "9995", "card_declined",
     "insufficient_funds"},
    {"pm_card_chargeDeclinedExpiredCard", "visa", "0069", "expired_card", "expired_card"},
    {"pm_card_chargeDeclinedIncorrectCvc", "visa", "0127", "incorrect_cvc", "incorrect_cvc"},
    {"pm_card_chargeDeclinedProcessingError", "visa", "0119", "processing_error",
     "processing_error"},
}};

}  // namespace

const Card* find_card(std::string_view method) {
  const auto found = std::ranges::find(cards, method, &Card::method);
  return found == cards.end() ? nullptr : &*found;
}

const Card* find_card_by_brand(std::string_view brand) {
  if (brand == "declined") return find_card(declined);
  return find_card("pm_card_" + std::string(brand));
}

}  // namespace vedette::demo
