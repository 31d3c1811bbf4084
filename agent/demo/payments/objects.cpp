// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/payments/objects.h"

#include <chrono>

#include <boost/json/value.hpp>

namespace vedette::demo {
namespace {

namespace json = boost::json;

json::value text_or_null(std::string_view text) {
  return text.empty() ? json::value(nullptr) : json::value(text);
}

json::object metadata_object(const Intent& intent) {
  json::object object;
  for (const auto& [key, value] : intent.metadata) object[key] = value;
  return object;
}

}  // namespace

std::int64_t unix_seconds(Instant instant) {
  return std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count();
}

json::object to_json(const Intent& intent) {
  const auto* card = intent.card;
  const bool wants_card = intent.status == Status::requires_payment_method;
  const bool canceled = intent.status == Status::canceled;
  return {{"id", intent.id},
          {"object", "payment_intent"},
          {"amount", intent.amount},
          {"amount_capturable", intent.capturable()},
          {"amount_received", intent.captured},
          {"amount_refunded", intent.refunded()},
          {"canceled_at", canceled ? json::value(unix_seconds(intent.canceled)) : nullptr},
          {"cancellation_reason", text_or_null(intent.cancellation_reason)},
          {"capture_method", intent.manual_capture ? "manual" : "automatic"},
          {"card", text_or_null(card == nullptr ? "" : card->brand)},
          {"created", unix_seconds(intent.created)},
          {"currency", intent.currency},
          {"description", text_or_null(intent.description)},
          {"last_payment_error",
           intent.last_error ? json::value(to_json(*intent.last_error)) : nullptr},
          {"livemode", false},
          {"metadata", metadata_object(intent)},
          {"payment_method", text_or_null(card == nullptr || wants_card ? "" : card->method)},
          {"status", text(intent.status)}};
}

json::object to_json(const Intent& intent, const Refund& refund) {
  return {{"id", refund.id},
          {"object", "refund"},
          {"amount", refund.amount},
          {"created", unix_seconds(refund.created)},
          {"currency", intent.currency},
          {"payment_intent", intent.id},
          {"reason", text_or_null(refund.reason)},
          {"status", "succeeded"}};
}

json::object list_object(std::string_view url, json::array data, bool has_more) {
  return {{"object", "list"}, {"url", url}, {"has_more", has_more}, {"data", std::move(data)}};
}

json::object event_object(std::string_view id, std::string_view type, Instant at,
                          json::object object) {
  return {{"id", id},
          {"object", "event"},
          {"created", unix_seconds(at)},
          {"data", json::object{{"object", std::move(object)}}},
          {"livemode", false},
          {"type", type}};
}

}  // namespace vedette::demo
