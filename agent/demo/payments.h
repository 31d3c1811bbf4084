// SPDX-License-Identifier: Apache-2.0
// A payment gateway as a shop meets one: intents that are authorised, captured, cancelled and
// refunded. Shaped after the public APIs of real gateways; money moves nowhere.
#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "agent/web/message.h"

namespace vedette::demo {

class Payments {
 public:
  // Checks may create intents for ever, so only the newest are kept.
  static constexpr std::size_t kept = 1000;

  // Form: amount (in the smallest unit), currency, and card (visa, mastercard, ...; optional).
  web::Response create(const web::Request& request, bool visa_works);
  web::Response show(const web::Request& request);
  web::Response capture(const web::Request& request);
  web::Response cancel(const web::Request& request);
  // Form: payment_intent.
  web::Response refund(const web::Request& request);

 private:
  struct Intent {
    std::string id;
    std::int64_t amount = 0;
    std::string currency, card;
    std::string status = "requires_capture";  // then succeeded, canceled or refunded
  };

  Intent* find(const std::string& id);
  web::Response move(const web::Request& request, std::string_view from, std::string_view to);
  static web::Response answer(const Intent& intent);

  std::deque<Intent> intents_;
  std::uint64_t next_ = 1;
};

}  // namespace vedette::demo
