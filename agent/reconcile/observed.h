// SPDX-License-Identifier: Apache-2.0
// Changes that checks of this agent have observed, on their way into the store: in their order, as
// soon as it takes them. Nobody waits for that.
#pragma once

#include <deque>
#include <functional>
#include <memory>

#include "agent/incident/change.h"
#include "agent/reconcile/submit.h"
#include "agent/store/store.h"

namespace vedette::reconcile {

// Made, called and destroyed on the core loop.
class Observed {
 public:
  // Kept while the store is away; the oldest are given up then, with a word in the log.
  static constexpr std::size_t most_waiting = 1'000;

  // `written` hears of those that were news to the store.
  Observed(Submit submit, std::function<void(const incident::Change&)> written);

  void keep(incident::Change change);
  // Tries again what the store did not take.
  void tick(Instant now);
  // Those that are not in the store yet.
  std::size_t backlog() const { return waiting_.size(); }

 private:
  struct Attempt {
    incident::Change change;
    store::Expected<bool> news;
  };
  void pump();
  void attempted(const Attempt& attempt);
  void failed(const store::Error& error);
  void forget(const std::string& id);

  const Submit submit_;
  const std::function<void(const incident::Change&)> written_;
  const std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
  std::deque<incident::Change> waiting_;
  bool in_flight_ = false;
  bool complained_ = false;
  bool overflow_told_ = false;
  Instant now_{};
  Instant not_before_{};
};

}  // namespace vedette::reconcile
