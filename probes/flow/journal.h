// SPDX-License-Identifier: Apache-2.0
// Where a flow writes down what it will have to clean up, before it does what makes that needed.
#pragma once

#include <expected>
#include <set>
#include <string>
#include <vector>

#include "probes/flow/entry.h"
#include "probes/probe.h"

namespace vedette::flow {

template <class T>
using Told = std::expected<T, std::string>;  // the error is one sentence

// Used on one loop; what is awaited resumes there.
class Journal {
 public:
  virtual ~Journal() = default;

  // Entries of a run between these two are its own business.
  void begin(const std::string& run) { under_way_.insert(run); }
  void end(const std::string& run) { under_way_.erase(run); }
  bool under_way(const std::string& run) const { return under_way_.contains(run); }

  // Returns when it outlives a loss of power. After an error the step must not be sent.
  virtual Awaitable<Told<void>> note(Entry entry) = 0;
  // These are written soon, in their order: what is lost by a crash is only done once more.
  virtual void learned(const std::string& id, std::string values) = 0;
  virtual void attempted(Entry entry) = 0;
  virtual void settled(const std::string& id) = 0;

  // All entries of the flow that are this agent's to clean up: those that it wrote, before this
  // start too, and those of an agent of its region that is known to be dead. Not what was settled,
  // also while the answer was under way.
  virtual Awaitable<Told<std::vector<Entry>>> pending(std::string flow) = 0;

  virtual Awaitable<Told<void>> spend(std::string flow, Spent spent) = 0;
  virtual Awaitable<Told<std::vector<Spent>>> spent(std::string flow, Instant since) = 0;

 private:
  std::set<std::string> under_way_;
};

}  // namespace vedette::flow
