// SPDX-License-Identifier: Apache-2.0
// Where the failing results of one shard wait until it is known whether the agent sees.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "agent/control/sight.h"

namespace vedette::control {

// Somebody who holds back results.
class Waiter {
 public:
  virtual ~Waiter() = default;
  // A round is over; ask again for what it says nothing about.
  virtual void on_round() = 0;
};

// Used on the thread of its shard.
class Gate {
 public:
  // `ask` wants a new round, and returns at once.
  explicit Gate(std::function<void()> ask) : ask_(std::move(ask)) {}

  // Without reference targets everything is taken for seen.
  void enable(bool enabled);
  void note(const Round& round);

  // See Sight::at(). Where it says nothing, a round is asked for, and `waiter` is told.
  std::optional<bool> sees(Steady::time_point started, const std::shared_ptr<Waiter>& waiter);

 private:
  void tell_waiters();

  std::function<void()> ask_;
  bool enabled_ = false;
  Sight sight_;
  std::vector<std::weak_ptr<Waiter>> waiters_;
};

}  // namespace vedette::control
