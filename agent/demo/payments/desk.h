// SPDX-License-Identifier: Apache-2.0
// What the calls of the payment API work with.
#pragma once

#include "agent/demo/kit/dice.h"
#include "agent/demo/payments/announcer.h"
#include "agent/demo/payments/faults.h"
#include "agent/demo/payments/ledger.h"

namespace vedette::demo {

// All outlive the calls.
struct Desk {
  Ledger& ledger;
  Faults& faults;
  Announcer& announcer;
  Dice& dice;
};

}  // namespace vedette::demo
