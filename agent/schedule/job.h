// SPDX-License-Identifier: Apache-2.0
// What a shard runs, and whom it tells. The scheduler knows no detection, no store and no incident.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "agent/schedule/timetable.h"
#include "probes/probe.h"

namespace vedette::schedule {

// Told of everything that happens to one check. Called on the shard's thread.
class Observer {
 public:
  virtual ~Observer() = default;

  // What the next run is given as RunInput::memory. Asked before each run.
  virtual std::string memory() const = 0;
  // Returns after which time the check shall be run again before its next slot, if it shall.
  virtual std::optional<Duration> on_result(Result&& result) = 0;
  // How long after its due time a run was started.
  virtual void on_start(Microseconds lateness) = 0;
  // Slots that passed without a run, because the last one or the wait for a free place took too
  // long.
  virtual void on_skipped(std::int64_t slots) = 0;
};

struct Job {
  std::string name;
  Duration every{};
  Duration timeout{};  // <= every
  std::shared_ptr<const Probe> probe;
  std::shared_ptr<Observer> observer;
  std::uint64_t identity = 0;                        // RunInput::identity
  std::shared_ptr<const flow::Services> services{};  // RunInput::services
  std::optional<Pace> after_change{};                // nothing: a change does not make it run
  bool keep_answer = false;                          // RunInput::keep_answer
  bool brief = false;                                // RunInput::brief
};

}  // namespace vedette::schedule
