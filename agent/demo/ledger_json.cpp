// SPDX-License-Identifier: Apache-2.0
#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include "agent/demo/kit/json_answer.h"
#include "agent/demo/ledger_pages.h"
#include "agent/demo/payment_state.h"

namespace vedette::demo {
namespace {

namespace json = boost::json;

json::object to_json(const Pile& pile) {
  json::object amounts;
  for (const auto& [currency, amount] : pile.amounts) amounts[currency] = amount;
  return {{"count", pile.count}, {"amounts", std::move(amounts)}};
}

json::object to_json(const DeliveryCounts& counts) {
  return {{"delivered", counts.delivered},
          {"given_up", counts.given_up},
          {"dropped", counts.dropped},
          {"pending", counts.pending}};
}

json::object to_json(const LeftBehind& left) {
  return {
      {"hotel_postings", left.hotel_postings}, {"users", left.users}, {"tickets", left.tickets}};
}

json::object line(const Intent& intent) {
  json::object metadata;
  for (const auto& [key, value] : intent.metadata) metadata[key] = value;
  const auto* card = intent.card;
  return {{"id", intent.id},
          {"created", format_instant(intent.created)},
          {"state", state_of(intent)},
          {"amount", intent.amount},
          {"captured", intent.captured},
          {"refunded", intent.refunded()},
          {"currency", intent.currency},
          {"card", card == nullptr ? json::value(nullptr) : json::value(card->brand)},
          {"metadata", std::move(metadata)}};
}

}  // namespace

web::Response ledger_json(const LedgerView& view) {
  const auto sums = view.ledger.sums();
  json::array payments;
  for (const auto* intent : view.ledger.newest_first()) payments.push_back(line(*intent));
  return json_answer(200, {{"open_authorisations", to_json(sums.open)},
                           {"captured_not_refunded", to_json(sums.captured)},
                           {"refunded", to_json(sums.refunded)},
                           {"refunded_twice", sums.refunded_twice},
                           {"second_refunds_refused", view.tally.second_refunds_refused},
                           {"idempotent_replays", view.tally.idempotent_replays},
                           {"idempotency_conflicts", view.tally.idempotency_conflicts},
                           {"webhooks", to_json(view.webhooks)},
                           {"left_behind", to_json(view.left_behind)},
                           {"payments_in_all", sums.payments},
                           {"payments_unlisted", sums.unlisted},
                           {"payments", std::move(payments)}});
}

}  // namespace vedette::demo
