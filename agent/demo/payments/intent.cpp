// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/payments/intent.h"

#include <numeric>

#include <fmt/format.h>

#include "agent/demo/payments/money.h"

namespace vedette::demo {
namespace {

ApiError wrong_state(const Intent& intent, std::string_view done, std::string_view allowed) {
  return unexpected_state(
      fmt::format("This PaymentIntent could not be {0} because it has a status of {1}. Only a "
                  "PaymentIntent with one of the following statuses may be {0}: {2}.",
                  done, text(intent.status), allowed));
}

ApiError too_much(std::string_view param, std::string why) {
  return {.code = "amount_too_large", .message = std::move(why), .param = std::string(param)};
}

}  // namespace

std::string_view text(Status status) {
  switch (status) {
    case Status::requires_payment_method:
      return "requires_payment_method";
    case Status::requires_confirmation:
      return "requires_confirmation";
    case Status::requires_capture:
      return "requires_capture";
    case Status::succeeded:
      return "succeeded";
    case Status::canceled:
      break;
  }
  return "canceled";
}

std::int64_t Intent::refunded() const {
  return std::accumulate(
      refunds.begin(), refunds.end(), std::int64_t{0},
      [](std::int64_t sum, const Refund& refund) { return sum + refund.amount; });
}

void attach(Intent& intent, const Card& card) {
  if (intent.status != Status::requires_payment_method &&
      intent.status != Status::requires_confirmation) {
    return;
  }
  intent.card = &card;
  intent.status = Status::requires_confirmation;
}

Api<void> check_confirm(const Intent& intent) {
  if (intent.status == Status::requires_confirmation) return {};
  if (intent.status == Status::requires_payment_method) {
    return refuse(missing_parameter("payment_method"));
  }
  return refuse(wrong_state(intent, "confirmed", "requires_payment_method, requires_confirmation"));
}

void authorise(Intent& intent) {
  intent.last_error.reset();
  intent.status = Status::requires_capture;
  if (!intent.manual_capture) capture(intent, intent.amount);
}

void decline(Intent& intent, ApiError why) {
  intent.last_error = std::move(why);
  intent.status = Status::requires_payment_method;
}

Api<std::int64_t> check_capture(const Intent& intent, std::optional<std::int64_t> asked) {
  if (intent.status != Status::requires_capture) {
    return refuse(wrong_state(intent, "captured", "requires_capture"));
  }
  if (asked.value_or(0) > intent.amount) {
    return refuse(
        too_much("amount_to_capture", fmt::format("The requested capture amount ({}) is greater "
                                                  "than the amount that is held ({}).",
                                                  format_money(*asked, intent.currency),
                                                  format_money(intent.amount, intent.currency))));
  }
  return asked.value_or(intent.amount);
}

void capture(Intent& intent, std::int64_t amount) {
  intent.captured = amount;
  intent.status = Status::succeeded;
}

Api<void> check_cancel(const Intent& intent) {
  if (intent.status != Status::succeeded && intent.status != Status::canceled) return {};
  return refuse(wrong_state(intent, "canceled",
                            "requires_payment_method, requires_confirmation, requires_capture"));
}

void cancel(Intent& intent, std::string reason, Instant now) {
  intent.status = Status::canceled;
  intent.cancellation_reason = std::move(reason);
  intent.canceled = now;
}

Api<std::int64_t> check_refund(const Intent& intent, std::optional<std::int64_t> asked) {
  if (intent.status != Status::succeeded) {
    return refuse(wrong_state(intent, "refunded", "succeeded"));
  }
  const auto left = intent.refundable();
  if (left <= 0) {
    return refuse({.code = "charge_already_refunded",
                   .message = "This payment has already been refunded.",
                   .param = "payment_intent"});
  }
  if (asked.value_or(0) > left) {
    return refuse(too_much("amount", fmt::format("Refund amount ({}) is greater than unrefunded "
                                                 "amount on charge ({}).",
                                                 format_money(*asked, intent.currency),
                                                 format_money(left, intent.currency))));
  }
  if (intent.refunds.size() >= most_refunds) {
    return refuse(invalid_value(
        "amount", fmt::format("A payment can be refunded in at most {} parts.", most_refunds)));
  }
  return asked.value_or(left);
}

void refund(Intent& intent, Refund refund) {
  intent.refunds.push_back(std::move(refund));
}

}  // namespace vedette::demo
