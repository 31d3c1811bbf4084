// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/payments/gateway.h"

#include <algorithm>

#include <fmt/format.h>

#include "agent/demo/kit/json_answer.h"

namespace vedette::demo {
namespace {

using web::Request;
using web::Response;

// A key is not needed; one that is sent must be one for tests, so that nobody gets used to sending
// another. It is never repeated.
std::optional<ApiError> check_key(const Request& request) {
  constexpr std::string_view scheme = "Bearer ";
  const auto header = request.header("Authorization");
  const auto key = header.starts_with(scheme) ? header.substr(scheme.size()) : std::string_view();
  if (header.empty() || key.starts_with("sk_test_") || key.starts_with("rk_test_")) {
    return std::nullopt;
  }
  return ApiError{.status = 401,
                  .code = "api_key_invalid",
                  .message =
                      "Invalid API key: this is a demo, which takes 'Bearer sk_test_...', or "
                      "no key at all."};
}

Response render(const Api<boost::json::object>& answer) {
  return answer ? json_answer(200, *answer) : error_answer(answer.error());
}

// What was refused before anything was done may be tried again under the same key.
bool has_had_effect(const Response& response) {
  return response.status == 200 || response.status == 402;
}

}  // namespace

Gateway::Gateway(const Switches& switches, Dice& dice, Courier& courier)
    : faults_(switches, dice),
      announcer_(switches, dice, courier),
      intents_({ledger_, faults_, announcer_, dice}),
      refunds_({ledger_, faults_, announcer_, dice}),
      endpoints_(announcer_) {}

std::vector<web::Route> Gateway::routes() {
  const auto on = [this](auto& calls, auto act) {
    return web::direct([this, &calls, act](const Request& request) {
      return answer(request, [&](const Request& asked) { return (calls.*act)(asked); });
    });
  };
  return {
      {"POST", "/v1/payment_intents", on(intents_, &IntentCalls::create)},
      {"GET", "/v1/payment_intents", on(intents_, &IntentCalls::list)},
      {"GET", "/v1/payment_intents/{id}", on(intents_, &IntentCalls::show)},
      {"POST", "/v1/payment_intents/{id}/confirm", on(intents_, &IntentCalls::confirm)},
      {"POST", "/v1/payment_intents/{id}/capture", on(intents_, &IntentCalls::capture)},
      {"POST", "/v1/payment_intents/{id}/cancel", on(intents_, &IntentCalls::cancel)},
      {"POST", "/v1/refunds", on(refunds_, &RefundCalls::create)},
      {"GET", "/v1/refunds", on(refunds_, &RefundCalls::list)},
      {"GET", "/v1/refunds/{id}", on(refunds_, &RefundCalls::show)},
      {"POST", "/v1/webhook_endpoints", on(endpoints_, &EndpointCalls::create)},
      {"GET", "/v1/webhook_endpoints", on(endpoints_, &EndpointCalls::list)},
      {"DELETE", "/v1/webhook_endpoints/{id}", on(endpoints_, &EndpointCalls::remove)},
  };
}

Response Gateway::not_found(const Request& request) {
  return error_answer(
      {.status = 404,
       .code = "url_unknown",
       .message = fmt::format("Unrecognized request URL ({}: {}).", request.method, request.path)});
}

Tally Gateway::tally() const {
  return {idempotency_.replays(), idempotency_.conflicts(), refunds_.refused_again()};
}

Response Gateway::answer(const Request& request, const Call& call) {
  if (const auto refused = check_key(request)) return error_answer(*refused);
  const std::string key(request.header("Idempotency-Key"));
  if (request.method != "POST" || key.empty()) return render(call(request));
  return answer_once(key, request, call);
}

Response Gateway::answer_once(const std::string& key, const Request& request, const Call& call) {
  const auto before = idempotency_.replay(key, request);
  if (!before) return error_answer(before.error());
  if (*before) return **before;
  auto response = render(call(request));
  if (has_had_effect(response)) idempotency_.keep(key, request, response);
  return response;
}

bool tells_of_a_change(const Request& request, const Response& response) {
  const bool replayed =
      std::ranges::count(response.headers, replayed_header, &web::Header::name) != 0;
  return request.method != "GET" && request.method != "HEAD" && response.status == 200 && !replayed;
}

}  // namespace vedette::demo
