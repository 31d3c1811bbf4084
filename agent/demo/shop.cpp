// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/shop.h"

#include <iterator>

#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "agent/demo/kit/json_answer.h"
#include "agent/demo/shop_pages.h"
#include "agent/demo/switches_page.h"

namespace vedette::demo {
namespace {

using web::direct;
using web::Request;
using web::Response;

// The switch that governs a path; the switches themselves and the ledger cannot be broken.
std::string_view part_of(std::string_view path) {
  if (path == "/") return "storefront";
  if (path == "/login" || path == "/api/login") return "login";
  if (path == "/api/catalogue") return "catalogue";
  if (path.starts_with("/v1/")) return "payments";
  if (path.starts_with("/hotel/")) return "hotel";
  if (path.starts_with("/api/tickets")) return "tickets";
  if (path.starts_with("/api/licences") || path.starts_with("/api/users")) return "licences";
  return "";
}

bool is_page(std::string_view path) {
  return path == "/" || path == "/login";
}

Response switched_off(std::string_view path) {
  if (is_page(path)) return web::text_response(503, "switched off");
  return json_refusal(503, "switched_off", "This part of the demo is switched off.");
}

Response not_found(const Request& request) {
  if (request.path.starts_with("/v1/")) return Gateway::not_found(request);
  return web::text_response(404, "there is nothing here");
}

web::Awaitable<void> pause(Duration duration) {
  boost::asio::steady_timer timer(co_await boost::asio::this_coro::executor, duration);
  co_await timer.async_wait(boost::asio::use_awaitable);
}

}  // namespace

Shop::Shop(Courier& courier, const ShopSettings& settings)
    : settings_(settings),
      courier_(courier),
      dice_(settings.seed),
      gateway_(switches_, dice_, courier),
      hotel_(switches_, dice_),
      accounts_(switches_, dice_),
      tickets_(switches_, dice_),
      router_(routes(), not_found) {}

std::vector<web::Route> Shop::routes() {
  std::vector<web::Route> all{
      {"GET", "/", direct([](const Request&) { return storefront_page(); })},
      {"GET", "/login", direct([](const Request&) { return login_page(); })},
      {"GET", "/api/catalogue", direct([](const Request&) { return catalogue(); })},
      {"GET", "/switches", direct([this](const Request&) { return switches_page(switches_); })},
      {"POST", "/switches/{name}/{mode}",
       direct([this](const Request& request) { return turn(request); })},
      {"GET", "/ledger", direct([this](const Request&) { return ledger_page(ledger_view()); })},
      {"GET", "/ledger.json",
       direct([this](const Request&) { return ledger_json(ledger_view()); })},
  };
  for (auto routes : {gateway_.routes(), hotel_.routes(), accounts_.routes(), tickets_.routes()}) {
    std::ranges::move(routes, std::back_inserter(all));
  }
  return all;
}

web::Awaitable<Response> Shop::handle(const Request& request) {
  const auto mode = switches_.of(part_of(request.path));
  if (mode == Mode::off) co_return switched_off(request.path);
  if (mode == Mode::slow) co_await pause(settings_.slowness);
  auto response = co_await router_.handle(request);
  if (!tells_of_a_change(request, response)) co_return response;
  if (mode == Mode::late) co_await pause(settings_.lateness);
  response.hang_up = mode == Mode::lost;
  co_return response;
}

Response Shop::turn(const Request& request) {
  const auto& name = request.parameters.at("name");
  const auto mode = parse_mode(request.parameters.at("mode"));
  const bool all = name == "all" && mode == Mode::on;
  if (all) switches_.heal();
  if (!all && (!mode || !switches_.set(name, *mode))) {
    return web::text_response(404, "there is no such switch, or it has no such position");
  }
  return to_page_or(request, "/switches#" + name,
                    web::text_response(200, name + " is " + std::string(text(*mode))));
}

LedgerView Shop::ledger_view() const {
  return {gateway_.ledger(),
          gateway_.tally(),
          courier_.counts(),
          {hotel_.postings_left(), accounts_.users_left(), tickets_.open()}};
}

}  // namespace vedette::demo
