// SPDX-License-Identifier: Apache-2.0
#include "agent/reconcile/observed.h"

#include <algorithm>
#include <utility>

#include <spdlog/spdlog.h>

namespace vedette::reconcile {
namespace {

constexpr Duration pause{1'000};  // after the store did not take something

}  // namespace

Observed::Observed(Submit submit, std::function<void(const incident::Change&)> written)
    : submit_(std::move(submit)), written_(std::move(written)) {}

void Observed::keep(incident::Change change) {
  if (waiting_.size() == most_waiting) {
    waiting_.pop_front();
    if (!std::exchange(overflow_told_, true))
      spdlog::warn("too many observed changes wait for the store; the oldest are given up");
  }
  waiting_.push_back(std::move(change));
  pump();
}

void Observed::tick(Instant now) {
  now_ = now;
  pump();
}

// One after the other: there are few. An instant far ahead was set before the clock was put back.
void Observed::pump() {
  const bool due = now_ >= not_before_ || not_before_ - now_ > pause;
  if (in_flight_ || waiting_.empty() || !due) return;
  const auto attempt = std::make_shared<Attempt>(waiting_.front(), false);
  in_flight_ = submit_(
      [attempt](store::Store& store) { attempt->news = store.record_change(attempt->change); },
      [this, attempt, alive = std::weak_ptr(alive_)] {
        if (!alive.expired()) attempted(*attempt);
      });
}

void Observed::attempted(const Attempt& attempt) {
  in_flight_ = false;
  if (!attempt.news && attempt.news.error().kind != store::Error::Kind::bug)
    return failed(attempt.news.error());
  if (!attempt.news) spdlog::error("a change cannot be written: {}", attempt.news.error().message);
  complained_ = overflow_told_ = false;
  forget(attempt.change.id);
  if (attempt.news && *attempt.news) written_(attempt.change);
  pump();
}

// It may have been given up meanwhile.
void Observed::forget(const std::string& id) {
  const auto done = std::ranges::find(waiting_, id, &incident::Change::id);
  if (done != waiting_.end()) waiting_.erase(done);
}

void Observed::failed(const store::Error& error) {
  not_before_ = now_ + pause;
  if (std::exchange(complained_, true)) return;
  spdlog::warn("changes are kept here until the store takes them: {}", error.message);
}

}  // namespace vedette::reconcile
