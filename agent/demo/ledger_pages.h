// SPDX-License-Identifier: Apache-2.0
// The ledger as a page and as JSON: what flows have left behind.
#pragma once

#include "agent/demo/payments/courier.h"
#include "agent/demo/payments/gateway.h"
#include "agent/web/message.h"

namespace vedette::demo {

// What the other systems still have of those who forgot to clean up.
struct LeftBehind {
  std::size_t hotel_postings = 0;  // not voided
  std::size_t users = 0;           // added and not deleted
  std::size_t tickets = 0;         // open, without the canary
};

struct LedgerView {
  const Ledger& ledger;
  Tally tally;
  DeliveryCounts webhooks;
  LeftBehind left_behind;
};

// The sums, and the newest hundred payments.
web::Response ledger_page(const LedgerView& view);
// The sums, and every payment that is listed.
web::Response ledger_json(const LedgerView& view);

}  // namespace vedette::demo
