// SPDX-License-Identifier: Apache-2.0
#include "probes/net/alarm.h"

#include <utility>

namespace vedette::net {

Alarm::Alarm(boost::asio::io_context& loop, OnTime on_time)
    : timer_(loop), on_time_(std::move(on_time)), alive_(std::make_shared<bool>(true)) {}

Alarm::~Alarm() {
  *alive_ = false;
}

void Alarm::set(Steady::time_point at) {
  wanted_ = at;
  if (!armed_ || at < *armed_) {
    arm(at);
  }
}

void Alarm::clear() {
  wanted_.reset();
  if (armed_) {
    armed_.reset();
    timer_.cancel();
  }
}

void Alarm::arm(Steady::time_point at) {
  armed_ = at;
  timer_.expires_at(at);
  timer_.async_wait([this, alive = alive_, at](boost::system::error_code error) {
    // A wait that was called off may have been on its way already.
    if (!error && *alive && armed_ == at) {
      armed_.reset();
      ring();
    }
  });
}

void Alarm::ring() {
  if (!wanted_) {
    return;
  }
  if (*wanted_ > Steady::now()) {
    arm(*wanted_);
    return;
  }
  wanted_.reset();
  on_time_();
}

}  // namespace vedette::net
