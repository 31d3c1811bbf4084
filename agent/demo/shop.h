// SPDX-License-Identifier: Apache-2.0
// All of the demo behind one address: the shop, its payment gateway, a hotel, accounts, tickets,
// the switches that break them, and the ledger that shows what was left behind.
#pragma once

#include <vector>

#include "agent/demo/kit/dice.h"
#include "agent/demo/kit/switches.h"
#include "agent/demo/ledger_pages.h"
#include "agent/demo/payments/gateway.h"
#include "agent/demo/systems/accounts.h"
#include "agent/demo/systems/hotel.h"
#include "agent/demo/systems/tickets.h"
#include "agent/web/router.h"
#include "config/duration.h"

namespace vedette::demo {

struct ShopSettings {
  std::uint64_t seed = 1;   // of ids and of what fails at random
  Duration slowness{700};   // how long a part takes whose switch is on slow
  Duration lateness{3000};  // how long an answer waits when its switch is on late
};

// Used on one loop only; outlives its requests.
class Shop {
 public:
  // The courier outlives the shop.
  explicit Shop(Courier& courier, const ShopSettings& settings = {});
  Shop(const Shop&) = delete;
  Shop& operator=(const Shop&) = delete;

  web::Awaitable<web::Response> handle(const web::Request& request);

 private:
  std::vector<web::Route> routes();
  web::Response turn(const web::Request& request);
  LedgerView ledger_view() const;

  ShopSettings settings_;
  Courier& courier_;
  Dice dice_;
  Switches switches_;
  Gateway gateway_;
  Hotel hotel_;
  Accounts accounts_;
  Tickets tickets_;
  web::Router router_;
};

}  // namespace vedette::demo
