// SPDX-License-Identifier: Apache-2.0
// The calls under /v1/payment_intents.
#pragma once

#include <boost/json/object.hpp>

#include "agent/demo/payments/desk.h"
#include "agent/web/message.h"

namespace vedette::demo {

// A request's parameter "id" is the payment's.
class IntentCalls {
 public:
  using Answer = Api<boost::json::object>;

  explicit IntentCalls(const Desk& desk) : desk_(desk) {}

  // amount, currency; payment_method or card; confirm, capture_method, description, metadata[...].
  Answer create(const web::Request& request);
  Answer show(const web::Request& request) const;
  // limit, starting_after, metadata[...]: the newest first.
  Answer list(const web::Request& request) const;
  // payment_method or card.
  Answer confirm(const web::Request& request);
  // amount_to_capture.
  Answer capture(const web::Request& request);
  // cancellation_reason.
  Answer cancel(const web::Request& request);

 private:
  Api<Intent> find(const web::Request& request) const;
  const Intent* as_read(std::string_view id) const;
  Answer confirm_now(Intent intent);
  // The payment has changed: kept, told, and how it looks now.
  boost::json::object changed(Intent intent, std::string_view event);

  Desk desk_;
};

}  // namespace vedette::demo
