// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/payments/endpoint_calls.h"

#include <array>

#include "agent/demo/payments/fields.h"
#include "agent/demo/payments/loopback_url.h"
#include "agent/demo/payments/objects.h"

namespace vedette::demo {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 1> events{"*"};

json::object endpoint_object(const Endpoint& endpoint) {
  return {
      {"id", endpoint.id},  {"object", "webhook_endpoint"}, {"enabled_events", json::array{"*"}},
      {"livemode", false},  {"secret", webhook_secret},     {"status", "enabled"},
      {"url", endpoint.url}};
}

}  // namespace

EndpointCalls::Answer EndpointCalls::create(const web::Request& request) {
  Fields fields(request);
  auto url = fields.required_text("url");
  fields.one_of("enabled_events[]", events, "*");
  if (const auto read = fields.finish(); !read) return refuse(read.error());
  if (!is_loopback_url(url)) return refuse(not_loopback("url"));
  if (const auto* added = announcer_.add(std::move(url))) return endpoint_object(*added);
  return refuse(invalid_value("url", "There are as many webhook endpoints as there can be."));
}

EndpointCalls::Answer EndpointCalls::list(const web::Request& request) const {
  json::array all;
  for (const auto& endpoint : announcer_.endpoints()) all.push_back(endpoint_object(endpoint));
  return list_object(request.path, std::move(all), false);
}

EndpointCalls::Answer EndpointCalls::remove(const web::Request& request) {
  const auto& id = request.parameters.at("id");
  if (!announcer_.remove(id)) return refuse(no_such("webhook_endpoint", id, "id"));
  return json::object{{"id", id}, {"object", "webhook_endpoint"}, {"deleted", true}};
}

}  // namespace vedette::demo
