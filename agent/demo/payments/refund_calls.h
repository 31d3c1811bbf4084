// SPDX-License-Identifier: Apache-2.0
// The calls under /v1/refunds.
#pragma once

#include <cstdint>

#include <boost/json/object.hpp>

#include "agent/demo/payments/desk.h"
#include "agent/web/message.h"

namespace vedette::demo {

class RefundCalls {
 public:
  using Answer = Api<boost::json::object>;

  explicit RefundCalls(const Desk& desk) : desk_(desk) {}

  // payment_intent; amount, reason.
  Answer create(const web::Request& request);
  Answer show(const web::Request& request) const;
  // payment_intent: all refunds of that payment.
  Answer list(const web::Request& request) const;

  // How often somebody wanted to refund what was refunded already, and not under the same key.
  std::uint64_t refused_again() const { return refused_again_; }

 private:
  Desk desk_;
  std::uint64_t refused_again_ = 0;
};

}  // namespace vedette::demo
