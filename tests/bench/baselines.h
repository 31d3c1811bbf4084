// SPDX-License-Identifier: Apache-2.0
// Three ways in which others decide that a check is down.
#pragma once

#include <algorithm>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "probes/clock.h"

namespace vedette::bench {

// Judges one run after the other; true while it says "down".
class Judge {
 public:
  virtual ~Judge() = default;
  virtual bool feed(bool failed, Instant at) = 0;
  // After how long it wants the next run; nothing: at the usual pace.
  virtual std::optional<Duration> again() const { return std::nullopt; }
};

// `need` of the last `of` runs failed. With need == of: consecutive failures.
class KOfN : public Judge {
 public:
  KOfN(int need, int of) : need_(need), of_(static_cast<std::size_t>(of)) {}
  bool feed(bool failed, Instant) override {
    seen_.push_back(failed);
    if (seen_.size() > of_) seen_.erase(seen_.begin());
    return std::ranges::count(seen_, true) >= need_;
  }

 private:
  int need_;
  std::size_t of_;
  std::vector<bool> seen_;
};

// As an alerting rule with `for`: the newest sample says "failed" at each evaluation for so long.
class For : public Judge {
 public:
  explicit For(Duration pending) : pending_(pending) {}
  bool feed(bool failed, Instant at) override {
    if (!failed) since_.reset();
    if (failed && !since_) since_ = at;
    return since_ && at - *since_ >= pending_;
  }

 private:
  Duration pending_;
  std::optional<Instant> since_;
};

}  // namespace vedette::bench
