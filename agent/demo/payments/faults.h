// SPDX-License-Identifier: Apache-2.0
// What goes wrong at the gateway now, as its switches stand.
#pragma once

#include <optional>

#include "agent/demo/kit/dice.h"
#include "agent/demo/kit/switches.h"
#include "agent/demo/payments/intent.h"

namespace vedette::demo {

class Faults {
 public:
  // Both outlive the faults.
  Faults(const Switches& switches, Dice& dice) : switches_(switches), dice_(dice) {}

  // Why this payment is declined; nothing when it is not.
  std::optional<ApiError> on_confirm(const Intent& intent);
  std::optional<ApiError> on_capture(const Intent& intent) const;
  std::optional<ApiError> on_cancel() const;
  std::optional<ApiError> on_refund() const;
  // What is captured when `asked` should be.
  std::int64_t captured(std::int64_t asked) const;
  bool reads_are_stale() const { return switches_.is("reads", Mode::stale); }

 private:
  const Switches& switches_;
  Dice& dice_;
};

}  // namespace vedette::demo
