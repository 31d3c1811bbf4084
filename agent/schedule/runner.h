// SPDX-License-Identifier: Apache-2.0
// The life of one check on its loop: wait for the slot, run under a deadline, hand the result on,
// again.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "agent/schedule/job.h"
#include "agent/schedule/slots.h"
#include "agent/schedule/timetable.h"

namespace vedette::schedule {

class Runner {
 public:
  Runner(net::Toolbox& net, Slots& slots, Job job, double jitter);

  // Runs until stop(). One run at a time, so that runs of a check never stack up.
  boost::asio::awaitable<void> run();

  // A run under way goes on to its end, but its result is dropped.
  void stop();
  bool stopped() const { return stopped_; }

 private:
  boost::asio::awaitable<bool> wait_for_start();
  boost::asio::awaitable<void> run_once();
  boost::asio::awaitable<Result> run_probe(Deadline deadline);
  void skip(std::int64_t slots);

  net::Toolbox& net_;
  Slots& slots_;
  Job job_;
  Timetable timetable_;
  boost::asio::steady_timer timer_;
  bool stopped_ = false;
};

}  // namespace vedette::schedule
