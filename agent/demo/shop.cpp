// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/shop.h"

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "agent/demo/json_answer.h"
#include "agent/demo/shop_pages.h"

namespace vedette::demo {
namespace {

using web::direct;
using web::Request;
using web::Response;

Response catalogue(const Request&) {
  return json_answer(200,
                     R"({"currency":"eur","items":[)"
                     R"({"id":"field-glass","name":"Field glass, brass","price":8900,"stock":12},)"
                     R"({"id":"storm-lantern","name":"Storm lantern","price":3400,"stock":40},)"
                     R"({"id":"saddle-blanket","name":"Saddle blanket","price":5900,"stock":7}]})");
}

// The switch that governs a path; the switches themselves cannot be broken.
std::string_view part_of(std::string_view path) {
  if (path == "/") return "storefront";
  if (path == "/login") return "login";
  if (path == "/api/catalogue") return "catalogue";
  if (path.starts_with("/v1/")) return "payments";
  return "";
}

web::Awaitable<void> pause(Duration duration) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, duration);
  co_await timer.async_wait(boost::asio::use_awaitable);
}

}  // namespace

Shop::Shop(Duration slowness)
    : slowness_(slowness), router_(routes(), [](const Request&) {
        return web::text_response(404, "there is nothing here");
      }) {}

std::vector<web::Route> Shop::routes() {
  const auto payment = [this](Response (Payments::*act)(const Request&)) {
    return direct([this, act](const Request& request) { return (payments_.*act)(request); });
  };
  return {
      {"GET", "/", direct([](const Request&) { return storefront_page(); })},
      {"GET", "/login", direct([](const Request&) { return login_page(); })},
      {"GET", "/api/catalogue", direct(catalogue)},
      {"POST", "/v1/payment_intents",
       direct([this](const Request& request) { return create_payment(request); })},
      {"GET", "/v1/payment_intents/{id}", payment(&Payments::show)},
      {"POST", "/v1/payment_intents/{id}/capture", payment(&Payments::capture)},
      {"POST", "/v1/payment_intents/{id}/cancel", payment(&Payments::cancel)},
      {"POST", "/v1/refunds", payment(&Payments::refund)},
      {"GET", "/switches", direct([this](const Request&) { return switches_page(switches_); })},
      {"POST", "/switches/{name}/{mode}",
       direct([this](const Request& request) { return turn(request); })},
  };
}

web::Awaitable<Response> Shop::handle(const Request& request) {
  const auto mode = switches_.of(part_of(request.path));
  if (mode == Mode::off) co_return web::text_response(503, "switched off");
  if (mode == Mode::slow) co_await pause(slowness_);
  co_return co_await router_.handle(request);
}

Response Shop::create_payment(const Request& request) {
  return payments_.create(request, switches_.of("visa") != Mode::off);
}

Response Shop::turn(const Request& request) {
  const auto& name = request.parameters.at("name");
  const auto mode = parse_mode(request.parameters.at("mode"));
  if (!mode || !switches_.set(name, *mode))
    return web::text_response(404, "there is no such switch");
  // A browser goes back to the page with the switches, anything else gets a line of text.
  if (request.header("Accept").find("text/html") == std::string_view::npos) {
    return web::text_response(200, name + " is " + std::string(text(*mode)));
  }
  auto response = web::text_response(303, "see /switches");
  response.headers.push_back({"Location", "/switches"});
  return response;
}

}  // namespace vedette::demo
