// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/payments/refund_calls.h"

#include <algorithm>
#include <array>

#include "agent/demo/payments/fields.h"
#include "agent/demo/payments/objects.h"

namespace vedette::demo {
namespace {

constexpr std::array<std::string_view, 3> reasons{"duplicate", "fraudulent",
                                                  "requested_by_customer"};

}  // namespace

RefundCalls::Answer RefundCalls::create(const web::Request& request) {
  Fields fields(request);
  const auto id = fields.required_text("payment_intent");
  const auto asked = fields.amount("amount");
  auto reason = fields.one_of("reason", reasons, "");
  if (const auto read = fields.finish(); !read) return refuse(read.error());

  const auto* found = desk_.ledger.find(id);
  if (found == nullptr) return refuse(no_such("payment_intent", id, "payment_intent"));
  const auto amount = check_refund(*found, asked);
  if (!amount) {
    if (amount.error().code == "charge_already_refunded") ++refused_again_;
    return refuse(amount.error());
  }
  if (auto fault = desk_.faults.on_refund()) return refuse(*std::move(fault));

  auto intent = *found;
  refund(intent, {desk_.dice.id("re"), std::move(reason), *amount, wall_now()});
  auto object = to_json(intent, intent.refunds.back());
  desk_.announcer.announce("refund.created", intent, object);
  desk_.ledger.put(std::move(intent));
  return object;
}

RefundCalls::Answer RefundCalls::show(const web::Request& request) const {
  const auto& id = request.parameters.at("id");
  const auto* intent = desk_.ledger.find_by_refund(id);
  if (intent == nullptr) return refuse(no_such("refund", id, "id"));
  return to_json(*intent, *std::ranges::find(intent->refunds, id, &Refund::id));
}

RefundCalls::Answer RefundCalls::list(const web::Request& request) const {
  Fields fields(request);
  const auto id = fields.required_text("payment_intent");
  if (const auto read = fields.finish(); !read) return refuse(read.error());
  const auto* intent = desk_.ledger.find(id);
  if (intent == nullptr) return refuse(no_such("payment_intent", id, "payment_intent"));
  boost::json::array refunds;
  for (const auto& refund : intent->refunds) refunds.push_back(to_json(*intent, refund));
  return list_object(request.path, std::move(refunds), false);
}

}  // namespace vedette::demo
