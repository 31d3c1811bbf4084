// SPDX-License-Identifier: Apache-2.0
// A payment gateway as a shop meets one, in the manner of well-known ones; money moves nowhere.
// docs/demo.md lists what it understands.
#pragma once

#include <functional>
#include <vector>

#include "agent/demo/payments/endpoint_calls.h"
#include "agent/demo/payments/idempotency.h"
#include "agent/demo/payments/intent_calls.h"
#include "agent/demo/payments/refund_calls.h"
#include "agent/web/router.h"

namespace vedette::demo {

struct Tally {
  std::uint64_t idempotent_replays = 0;
  std::uint64_t idempotency_conflicts = 0;  // a key used again for another request
  std::uint64_t second_refunds_refused = 0;
};

// Used on one loop only; outlives its requests. Everything is kept in bounded memory, and gone when
// the process ends.
class Gateway {
 public:
  // All outlive the gateway.
  Gateway(const Switches& switches, Dice& dice, Courier& courier);
  Gateway(const Gateway&) = delete;
  Gateway& operator=(const Gateway&) = delete;

  // Everything under /v1. They refer to the gateway.
  std::vector<web::Route> routes();
  // Of a path under /v1 that no route has.
  static web::Response not_found(const web::Request& request);
  const Ledger& ledger() const { return ledger_; }
  Tally tally() const;

 private:
  using Call = std::function<Api<boost::json::object>(const web::Request&)>;

  web::Response answer(const web::Request& request, const Call& call);
  web::Response answer_once(const std::string& key, const web::Request& request, const Call& call);

  Faults faults_;
  Announcer announcer_;
  Ledger ledger_;
  Idempotency idempotency_;
  IntentCalls intents_;
  RefundCalls refunds_;
  EndpointCalls endpoints_;
};

// Whether the answer tells of something that was done just now: what a lost answer loses.
bool tells_of_a_change(const web::Request& request, const web::Response& response);

}  // namespace vedette::demo
