// SPDX-License-Identifier: Apache-2.0
// The state of a payment in one word, as the ledger says it.
#pragma once

#include <string_view>

#include "agent/demo/payments/intent.h"

namespace vedette::demo {

inline std::string_view state_of(const Intent& intent) {
  switch (intent.status) {
    case Status::requires_payment_method:
      return intent.last_error ? "declined" : "begun";
    case Status::requires_confirmation:
      return "begun";
    case Status::requires_capture:
      return "authorised";
    case Status::succeeded:
      if (intent.refundable() == 0) return "refunded";
      return intent.refunds.empty() ? "captured" : "partly refunded";
    case Status::canceled:
      break;
  }
  return "cancelled";
}

}  // namespace vedette::demo
