// SPDX-License-Identifier: Apache-2.0
// The one timer of a C library that says again and again when it wants to be called next.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include <boost/asio/io_context.hpp>
#include <boost/asio/steady_timer.hpp>

#include "probes/clock.h"

namespace vedette::net {

// Used on one loop thread. Keeps the loop busy only while a time is set.
class Alarm {
 public:
  // Called on the loop, never from within set(). May call set() and clear(), but not destroy the
  // alarm.
  using OnTime = std::function<void()>;

  Alarm(boost::asio::io_context& loop, OnTime on_time);
  ~Alarm();
  Alarm(const Alarm&) = delete;
  Alarm& operator=(const Alarm&) = delete;

  // Replaces the time set before. Moving it to later costs nothing until the old time has come.
  void set(Steady::time_point at);
  void clear();

 private:
  void arm(Steady::time_point at);
  void ring();

  boost::asio::steady_timer timer_;
  OnTime on_time_;
  std::optional<Steady::time_point> wanted_;
  std::optional<Steady::time_point> armed_;  // when the timer will fire; not after wanted_
  std::shared_ptr<bool> alive_;
};

}  // namespace vedette::net
