// SPDX-License-Identifier: Apache-2.0
// When what goes on on one loop has to be over: thousands of times behind one timer. To set one and
// to take it back again costs next to nothing while another one is due earlier.
#pragma once

#include <functional>

#include <boost/intrusive/set.hpp>

#include "probes/clock.h"
#include "probes/net/alarm.h"

namespace vedette::net {

class Timeouts;

// One of them, a part of what it ends. Used on one loop thread.
class Timeout : public boost::intrusive::set_base_hook<> {
 public:
  // Called on the loop, never from within set(). May set and clear any timeout of the loop.
  using OnTime = std::function<void()>;

  Timeout(Timeouts& all, OnTime on_time) : all_(all), on_time_(std::move(on_time)) {}
  ~Timeout() { clear(); }
  Timeout(const Timeout&) = delete;
  Timeout& operator=(const Timeout&) = delete;

  // Replaces the time set before.
  void set(Steady::time_point at);
  void clear();

  bool operator<(const Timeout& other) const { return at_ < other.at_; }

 private:
  friend class Timeouts;

  Timeouts& all_;  // there, while this is one of those waiting
  OnTime on_time_;
  Steady::time_point at_{};
};

// All of one loop, which is kept busy only while a time is set.
class Timeouts {
 public:
  explicit Timeouts(boost::asio::io_context& loop) : alarm_(loop, [this] { ring(); }) {}
  // None fires any more.
  ~Timeouts() { waiting_.clear(); }
  Timeouts(const Timeouts&) = delete;
  Timeouts& operator=(const Timeouts&) = delete;

 private:
  friend class Timeout;

  void take_out(Timeout& timeout);
  void ring();
  void set_alarm();

  Alarm alarm_;
  boost::intrusive::multiset<Timeout> waiting_;
};

}  // namespace vedette::net
