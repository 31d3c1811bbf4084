// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/payments/announcer.h"

#include <boost/json/serialize.hpp>

#include "agent/demo/payments/objects.h"

namespace vedette::demo {

const Endpoint* Announcer::add(std::string url) {
  if (endpoints_.size() >= most_endpoints) return nullptr;
  endpoints_.push_back({dice_.id("we"), std::move(url)});
  return &endpoints_.back();
}

bool Announcer::remove(std::string_view id) {
  return std::erase_if(endpoints_, [id](const Endpoint& known) { return known.id == id; }) > 0;
}

void Announcer::announce(std::string_view type, const Intent& intent, boost::json::object object) {
  const auto mode = switches_.of("webhooks");
  const auto own = intent.metadata.find(webhook_url_key);
  if (mode == Mode::off || (endpoints_.empty() && own == intent.metadata.end())) return;

  const auto event = event_object(dice_.id("evt"), type, wall_now(), std::move(object));
  const auto body = std::make_shared<const std::string>(boost::json::serialize(event));
  const auto* secret = mode == Mode::forged ? "whsec_somebody_else" : webhook_secret;
  for (const auto& endpoint : endpoints_) send({endpoint.url, body, secret}, mode);
  if (own != intent.metadata.end()) send({own->second, body, secret}, mode);
}

void Announcer::send(const Delivery& delivery, Mode mode) {
  courier_.send(delivery);
  if (mode == Mode::twice) courier_.send(delivery);
}

}  // namespace vedette::demo
