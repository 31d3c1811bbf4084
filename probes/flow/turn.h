// SPDX-License-Identifier: Apache-2.0
// One at a time: who comes while another is at it waits.
#pragma once

#include <deque>
#include <memory>

#include <boost/asio/steady_timer.hpp>

#include "probes/deadline.h"
#include "probes/probe.h"

namespace vedette::flow {

// Used on one loop.
class Turn {
 public:
  // Whoever holds it is at it; it ends when this is destroyed.
  class Held {
   public:
    explicit Held(Turn* turn = nullptr) : turn_(turn) {}
    Held(Held&& other) noexcept : turn_(std::exchange(other.turn_, nullptr)) {}
    Held& operator=(Held&&) = delete;
    ~Held() {
      if (turn_ != nullptr) turn_->give_up();
    }
    explicit operator bool() const { return turn_ != nullptr; }

   private:
    Turn* turn_;
  };

  // Those who wait come in their order. Not held: the deadline passed before.
  Awaitable<Held> take(Deadline deadline);

 private:
  void give_up();

  bool taken_ = false;
  std::deque<std::shared_ptr<boost::asio::steady_timer>> waiting_;
};

}  // namespace vedette::flow
