// SPDX-License-Identifier: Apache-2.0
// What checks remember of their last runs, kept through restarts: of each part the newest, written
// as soon as the store takes it. Nobody waits for that.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "agent/reconcile/monitored.h"
#include "agent/reconcile/submit.h"
#include "agent/store/store.h"

namespace vedette::reconcile {

using MemoryKey = std::pair<std::string, std::string>;  // the check, and the part of its memory
using MemoryByCheck = std::map<MemoryKey, store::Memory>;

// Made, called and destroyed on the core loop.
class Memories {
 public:
  using MayWrite = std::function<bool(const MemoryKey&)>;

  // What `may_write` refuses waits; it is asked again at each tick.
  Memories(
      Submit submit, std::string region,
      MayWrite may_write = [](const MemoryKey&) { return true; });

  // Asks the store what was kept before this start, until it has said so; tries again what it did
  // not take.
  void tick(Instant now);
  // The store has said what was kept. What a check has said meanwhile itself is newer and stays.
  bool restored() const { return restored_; }
  // Only of checks that remember anything.
  const MemoryByCheck& newest() const { return newest_; }

  // Overwrites what was kept of this part of this check.
  void keep(store::Memory memory);
  // Forgets those of all other checks. In the store that is retain()'s business.
  void retain(const std::vector<MonitoredCheck>& checks);
  // The store is not known any more to have what it was told: it came back from trouble, perhaps
  // as another file.
  void tell_anew();
  // Memories that are not in the store yet.
  std::size_t backlog() const { return waiting_.size() + in_flight_; }

 private:
  struct Batch {
    std::vector<store::Memory> memories;
    store::Expected<void> written;
  };
  bool due() const;
  void ask();
  void answered(store::Expected<std::vector<store::Memory>> known);
  void pump();
  void written(const Batch& batch);
  void failed(const store::Error& error);

  const Submit submit_;
  const std::string region_;
  const MayWrite may_write_;
  const std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
  MemoryByCheck newest_;
  std::set<MemoryKey> waiting_;  // whose newest is to be written
  std::size_t in_flight_ = 0;
  bool asking_ = false;
  bool restored_ = false;
  bool complained_ = false;
  Instant now_{};
  Instant not_before_{};
};

}  // namespace vedette::reconcile
