// SPDX-License-Identifier: Apache-2.0
// Who is told of events: the endpoints that were registered, and the one that a payment names in
// its metadata.
#pragma once

#include <deque>
#include <string>
#include <string_view>

#include <boost/json/object.hpp>

#include "agent/demo/kit/dice.h"
#include "agent/demo/kit/switches.h"
#include "agent/demo/payments/courier.h"
#include "agent/demo/payments/intent.h"

namespace vedette::demo {

// The same for all endpoints of every demo, so that a configuration can hold it.
constexpr auto webhook_secret = "whsec_vedette_demo";
// metadata[webhook_url]
constexpr auto webhook_url_key = "webhook_url";

struct Endpoint {
  std::string id;
  std::string url;
};

class Announcer {
 public:
  static constexpr std::size_t most_endpoints = 16;

  // All outlive the announcer.
  Announcer(const Switches& switches, Dice& dice, Courier& courier)
      : switches_(switches), dice_(dice), courier_(courier) {}

  // Null when there are most_endpoints already.
  const Endpoint* add(std::string url);
  // False when there is no such endpoint.
  bool remove(std::string_view id);
  const std::deque<Endpoint>& endpoints() const { return endpoints_; }

  // `type` is "payment_intent.succeeded"; `object` is what happened to `intent`.
  void announce(std::string_view type, const Intent& intent, boost::json::object object);

 private:
  void send(const Delivery& delivery, Mode mode);

  const Switches& switches_;
  Dice& dice_;
  Courier& courier_;
  std::deque<Endpoint> endpoints_;
};

}  // namespace vedette::demo
