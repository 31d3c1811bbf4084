// SPDX-License-Identifier: Apache-2.0
// The shop: its pages, its payment API, and the switches that break them.
#pragma once

#include <vector>

#include "agent/demo/payments.h"
#include "agent/demo/switches.h"
#include "agent/web/router.h"
#include "config/duration.h"

namespace vedette::demo {

// Used on one loop only; outlives its requests.
class Shop {
 public:
  // `slowness`: how long a part takes whose switch is on slow.
  explicit Shop(Duration slowness = Duration{700});
  Shop(const Shop&) = delete;
  Shop& operator=(const Shop&) = delete;

  web::Awaitable<web::Response> handle(const web::Request& request);

 private:
  std::vector<web::Route> routes();
  web::Response create_payment(const web::Request& request);
  web::Response turn(const web::Request& request);

  Duration slowness_;
  Switches switches_;
  Payments payments_;
  web::Router router_;
};

}  // namespace vedette::demo
