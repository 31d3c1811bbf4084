// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/payments.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

#include "agent/demo/json_answer.h"
#include "probes/encoding.h"

namespace vedette::demo {
namespace {

std::optional<std::int64_t> parse_amount(const std::string& text) {
  std::int64_t amount = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), amount);
  if (error != std::errc() || end != text.data() + text.size() || amount <= 0) return std::nullopt;
  return amount;
}

web::Response refused(int status, std::string_view code, std::string_view message) {
  return json_answer(status,
                     fmt::format(R"({{"error":{{"code":"{}","message":"{}"}}}})", code, message));
}

}  // namespace

web::Response Payments::create(const web::Request& request, bool visa_works) {
  auto form = web::parse_form(request.body);
  const auto amount = parse_amount(form["amount"]);
  if (!amount) return refused(400, "parameter_invalid", "amount must be a positive whole number");
  if (form["currency"].size() != 3) {
    return refused(400, "parameter_invalid", "currency must have three letters");
  }
  const std::string card = form["card"].empty() ? "visa" : form["card"];
  if (card == "visa" && !visa_works) return refused(402, "card_declined", "the card was declined");
  if (intents_.size() == kept) intents_.pop_front();
  intents_.push_back({fmt::format("pi_{:08}", next_++), *amount, form["currency"], card});
  return answer(intents_.back());
}

web::Response Payments::show(const web::Request& request) {
  const auto* intent = find(request.parameters.at("id"));
  return intent ? answer(*intent) : refused(404, "resource_missing", "no such payment intent");
}

web::Response Payments::capture(const web::Request& request) {
  return move(request, "requires_capture", "succeeded");
}

web::Response Payments::cancel(const web::Request& request) {
  return move(request, "requires_capture", "canceled");
}

web::Response Payments::refund(const web::Request& request) {
  auto* intent = find(web::parse_form(request.body)["payment_intent"]);
  if (intent == nullptr) return refused(404, "resource_missing", "no such payment intent");
  if (intent->status != "succeeded") {
    return refused(409, "charge_not_refundable", "only a captured payment can be refunded");
  }
  intent->status = "refunded";
  return json_answer(
      200, fmt::format(R"({{"id":"re_{}","amount":{},"payment_intent":"{}","status":"succeeded"}})",
                       intent->id.substr(3), intent->amount, intent->id));
}

Payments::Intent* Payments::find(const std::string& id) {
  const auto found = std::ranges::find(intents_, id, &Intent::id);
  return found == intents_.end() ? nullptr : &*found;
}

web::Response Payments::move(const web::Request& request, std::string_view from,
                             std::string_view to) {
  auto* intent = find(request.parameters.at("id"));
  if (intent == nullptr) return refused(404, "resource_missing", "no such payment intent");
  if (intent->status != from) {
    return refused(409, "payment_intent_unexpected_state",
                   "the payment intent is " + intent->status);
  }
  intent->status = to;
  return answer(*intent);
}

web::Response Payments::answer(const Intent& intent) {
  return json_answer(
      200, fmt::format(R"({{"id":"{}","amount":{},"currency":"{}","card":"{}","status":"{}"}})",
                       intent.id, intent.amount, json_escape(intent.currency),
                       json_escape(intent.card), intent.status));
}

}  // namespace vedette::demo
