// SPDX-License-Identifier: Apache-2.0
// One check on its loop: when it is due, and one run of it under a deadline. Who waits for the due
// time, and who runs how many at once, is the shard's business.
#pragma once

#include <string>

#include <boost/asio/awaitable.hpp>

#include "agent/schedule/job.h"
#include "agent/schedule/timetable.h"

namespace vedette::schedule {

class Runner {
 public:
  Runner(net::Toolbox& net, Job job, double jitter);

  const std::string& name() const { return job_.name; }
  Steady::time_point due() const { return timetable_.due(); }

  // The run that is due: starts it now, hands its result on, and moves due() on. One at a time, so
  // that runs of a check never stack up.
  boost::asio::awaitable<void> run();

  // Something was done to what it watches: see Job::after_change. A run under way, which may have
  // begun before, is followed by another.
  void hurry();

  // A run under way goes on to its end, but its result is dropped.
  void stop() { stopped_ = true; }
  bool stopped() const { return stopped_; }

 private:
  RunInput input(Deadline deadline) const;

  net::Toolbox& net_;
  Job job_;
  Timetable timetable_;
  bool stopped_ = false;
};

}  // namespace vedette::schedule
