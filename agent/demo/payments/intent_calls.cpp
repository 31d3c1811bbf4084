// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/payments/intent_calls.h"

#include <algorithm>
#include <array>

#include "agent/demo/payments/fields.h"
#include "agent/demo/payments/loopback_url.h"
#include "agent/demo/payments/objects.h"

namespace vedette::demo {
namespace {

constexpr std::array<std::string_view, 2> capture_methods{"automatic", "manual"};
constexpr std::array<std::string_view, 1> method_types{"card"};
constexpr std::array<std::string_view, 4> cancellation_reasons{
    "duplicate", "fraudulent", "requested_by_customer", "abandoned"};

// Null when none is named.
Api<const Card*> named_card(Fields& fields) {
  const auto method = fields.text("payment_method");
  const auto brand = fields.text("card");
  if (method.empty() && brand.empty()) return nullptr;
  const auto* card = method.empty() ? find_card_by_brand(brand) : find_card(method);
  if (card != nullptr) return card;
  return refuse(method.empty() ? no_such("card", brand, "card")
                               : no_such("PaymentMethod", method, "payment_method"));
}

Api<void> check_webhook_url(const Intent& intent) {
  const auto named = intent.metadata.find(webhook_url_key);
  if (named == intent.metadata.end() || is_loopback_url(named->second)) return {};
  return refuse(not_loopback("metadata[webhook_url]"));
}

// `card=visa` alone is short for a payment that is authorised at once and captured later.
Intent read_intent(Fields& fields) {
  Intent intent;
  intent.amount = fields.required_amount("amount");
  intent.currency = fields.currency("currency");
  intent.manual_capture = fields.one_of("capture_method", capture_methods,
                                        fields.has("card") ? "manual" : "automatic") == "manual";
  intent.description = fields.text("description");
  intent.metadata = fields.metadata();
  fields.one_of("payment_method_types[]", method_types, "card");
  return intent;
}

bool matches(const Intent& intent, const Fields::Metadata& wanted) {
  return std::ranges::all_of(wanted, [&intent](const auto& pair) {
    const auto found = intent.metadata.find(pair.first);
    return found != intent.metadata.end() && found->second == pair.second;
  });
}

}  // namespace

IntentCalls::Answer IntentCalls::create(const web::Request& request) {
  Fields fields(request);
  auto intent = read_intent(fields);
  const auto card = named_card(fields);
  const bool at_once = fields.flag("confirm", fields.has("card"));
  if (const auto read = fields.finish(); !read) return refuse(read.error());
  if (!card) return refuse(card.error());
  if (const auto good = check_webhook_url(intent); !good) return refuse(good.error());

  if (*card != nullptr) attach(intent, **card);
  if (at_once) {
    if (const auto allowed = check_confirm(intent); !allowed) return refuse(allowed.error());
  }
  intent.id = desk_.dice.id("pi");
  intent.created = wall_now();
  auto answer = changed(intent, "payment_intent.created");
  if (at_once) return confirm_now(std::move(intent));
  return answer;
}

IntentCalls::Answer IntentCalls::show(const web::Request& request) const {
  const auto& id = request.parameters.at("id");
  const auto* intent = as_read(id);
  if (intent == nullptr) return refuse(no_such("payment_intent", id, "intent"));
  return to_json(*intent);
}

IntentCalls::Answer IntentCalls::list(const web::Request& request) const {
  Fields fields(request);
  const auto limit = fields.limit("limit", 10);
  const auto after = fields.text("starting_after");
  const auto wanted = fields.metadata();
  if (const auto read = fields.finish(); !read) return refuse(read.error());

  boost::json::array page;
  bool begun = after.empty();
  for (const auto* listed : desk_.ledger.newest_first()) {
    const auto* intent = as_read(listed->id);
    const bool here = begun && intent != nullptr && matches(*intent, wanted);
    if (here && page.size() == limit) return list_object(request.path, std::move(page), true);
    if (here) page.push_back(to_json(*intent));
    begun = begun || listed->id == after;
  }
  return list_object(request.path, std::move(page), false);
}

IntentCalls::Answer IntentCalls::confirm(const web::Request& request) {
  Fields fields(request);
  const auto card = named_card(fields);
  if (const auto read = fields.finish(); !read) return refuse(read.error());
  if (!card) return refuse(card.error());
  auto intent = find(request);
  if (!intent) return refuse(intent.error());
  if (*card != nullptr) attach(*intent, **card);
  if (const auto allowed = check_confirm(*intent); !allowed) return refuse(allowed.error());
  return confirm_now(*std::move(intent));
}

IntentCalls::Answer IntentCalls::capture(const web::Request& request) {
  Fields fields(request);
  const auto asked = fields.amount("amount_to_capture");
  if (const auto read = fields.finish(); !read) return refuse(read.error());
  auto intent = find(request);
  if (!intent) return refuse(intent.error());
  const auto amount = check_capture(*intent, asked);
  if (!amount) return refuse(amount.error());
  if (auto fault = desk_.faults.on_capture(*intent)) return refuse(*std::move(fault));
  demo::capture(*intent, desk_.faults.captured(*amount));
  return changed(*std::move(intent), "payment_intent.succeeded");
}

IntentCalls::Answer IntentCalls::cancel(const web::Request& request) {
  Fields fields(request);
  auto reason = fields.one_of("cancellation_reason", cancellation_reasons, "");
  if (const auto read = fields.finish(); !read) return refuse(read.error());
  auto intent = find(request);
  if (!intent) return refuse(intent.error());
  if (const auto allowed = check_cancel(*intent); !allowed) return refuse(allowed.error());
  if (auto fault = desk_.faults.on_cancel()) return refuse(*std::move(fault));
  demo::cancel(*intent, std::move(reason), wall_now());
  return changed(*std::move(intent), "payment_intent.canceled");
}

Api<Intent> IntentCalls::find(const web::Request& request) const {
  const auto& id = request.parameters.at("id");
  if (const auto* intent = desk_.ledger.find(id)) return *intent;
  return refuse(no_such("payment_intent", id, "intent"));
}

const Intent* IntentCalls::as_read(std::string_view id) const {
  return desk_.faults.reads_are_stale() ? desk_.ledger.find_stale(id) : desk_.ledger.find(id);
}

IntentCalls::Answer IntentCalls::confirm_now(Intent intent) {
  auto fault = desk_.faults.on_confirm(intent);
  if (!fault) {
    authorise(intent);
    return changed(intent, intent.manual_capture ? "payment_intent.amount_capturable_updated"
                                                 : "payment_intent.succeeded");
  }
  decline(intent, *fault);
  fault->intent = changed(std::move(intent), "payment_intent.payment_failed");
  return refuse(*std::move(fault));
}

boost::json::object IntentCalls::changed(Intent intent, std::string_view event) {
  auto object = to_json(intent);
  desk_.announcer.announce(event, intent, object);
  desk_.ledger.put(std::move(intent));
  return object;
}

}  // namespace vedette::demo
