// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/payments/faults.h"

#include <algorithm>

#include <fmt/format.h>

namespace vedette::demo {
namespace {

ApiError processing_error() {
  return card_error("processing_error",
                    "An error occurred while processing your card. Try again in a little bit.",
                    "processing_error");
}

ApiError declined(std::string_view code, std::string_view decline_code) {
  return card_error(std::string(code), "Your card was declined.", std::string(decline_code));
}

}  // namespace

std::optional<ApiError> Faults::on_confirm(const Intent& intent) {
  const auto& card = *intent.card;
  if (!card.error_code.empty()) return declined(card.error_code, card.decline_code);
  if (switches_.is(card.brand, Mode::off)) return declined("card_declined", "generic_decline");
  if (switches_.is("authorise", Mode::flaky) && dice_.one_in(4)) return processing_error();
  return std::nullopt;
}

std::optional<ApiError> Faults::on_capture(const Intent& intent) const {
  if (switches_.is("capture", Mode::off)) return gateway_failure();
  if (switches_.is("capture", Mode::reject) && intent.currency == "eur") {
    return invalid_integer("amount_to_capture",
                           fmt::format("Invalid integer: {}.00", intent.amount / 100));
  }
  if (switches_.is(intent.card->brand, Mode::no_capture)) return processing_error();
  return std::nullopt;
}

std::optional<ApiError> Faults::on_cancel() const {
  if (switches_.is("cancel", Mode::off)) return gateway_failure();
  return std::nullopt;
}

std::optional<ApiError> Faults::on_refund() const {
  if (switches_.is("refund", Mode::off)) return gateway_failure();
  return std::nullopt;
}

std::int64_t Faults::captured(std::int64_t asked) const {
  return switches_.is("capture", Mode::wrong) ? std::max<std::int64_t>(asked - 1, 1) : asked;
}

}  // namespace vedette::demo
