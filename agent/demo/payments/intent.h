// SPDX-License-Identifier: Apache-2.0
// A payment and the steps that it may take: what is allowed when, and what is said when it is not.
// Pure: nothing here knows a ledger, a switch or the network.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/demo/payments/api_error.h"
#include "agent/demo/payments/cards.h"
#include "probes/clock.h"

namespace vedette::demo {

//   requires_payment_method -> requires_confirmation -> requires_capture -> succeeded
// A declined card leads back to the beginning; automatic capture leaves requires_capture out;
// everything before `succeeded` can be cancelled. A refund does not change the status.
enum class Status : std::uint8_t {
  requires_payment_method,
  requires_confirmation,
  requires_capture,
  succeeded,
  canceled,
};

std::string_view text(Status status);

struct Refund {
  std::string id;
  std::string reason;  // may be empty
  std::int64_t amount = 0;
  Instant created{};
};

struct Intent {
  std::string id;
  std::string currency;     // "eur"
  std::int64_t amount = 0;  // in the smallest unit of the currency, like all amounts
  bool manual_capture = false;
  const Card* card = nullptr;  // also one that was declined
  Status status = Status::requires_payment_method;
  std::int64_t captured = 0;
  std::vector<Refund> refunds{};
  std::optional<ApiError> last_error{};
  std::string cancellation_reason{};
  std::string description{};
  std::map<std::string, std::string> metadata{};
  Instant created{};
  Instant canceled{};

  std::int64_t refunded() const;
  std::int64_t refundable() const { return captured - refunded(); }
  std::int64_t capturable() const { return status == Status::requires_capture ? amount : 0; }
};

// Whether somebody's money is held or taken: what a flow has to clean up.
inline bool holds_money(const Intent& intent) {
  return intent.capturable() > 0 || intent.refundable() > 0;
}

// Pays with this card, where the payment still wants one; otherwise nothing happens.
void attach(Intent& intent, const Card& card);

// Each check_ says whether a step is allowed; the step after it cannot fail.
Api<void> check_confirm(const Intent& intent);
void authorise(Intent& intent);
void decline(Intent& intent, ApiError why);

// The amount that a capture would take: what was asked for, or all that is held.
Api<std::int64_t> check_capture(const Intent& intent, std::optional<std::int64_t> asked);
// What is not taken is let go of.
void capture(Intent& intent, std::int64_t amount);

Api<void> check_cancel(const Intent& intent);
void cancel(Intent& intent, std::string reason, Instant now);

constexpr std::size_t most_refunds = 20;  // of one payment
// The amount that a refund would give back: what was asked for, or all that is left.
Api<std::int64_t> check_refund(const Intent& intent, std::optional<std::int64_t> asked);
void refund(Intent& intent, Refund refund);

}  // namespace vedette::demo
