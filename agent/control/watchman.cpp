// SPDX-License-Identifier: Apache-2.0
#include "agent/control/watchman.h"

#include <algorithm>
#include <utility>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <spdlog/spdlog.h>

namespace vedette::control {
namespace {

namespace asio = boost::asio;

constexpr Duration pause{500};          // between two rounds
constexpr Duration while_blind{5'000};  // how often it is tried again
constexpr Duration nothing_to_do{3'600'000};

void log_escape(std::exception_ptr escaped) {
  try {
    std::rethrow_exception(escaped);
  } catch (const std::exception& error) {
    spdlog::error("controls: internal error: {}", error.what());
  }
}

}  // namespace

// One round; shared by its runs, which may outlive it.
struct Watchman::Looking {
  std::shared_ptr<const settings::Controls> controls;
  Report report;
  std::size_t left = 0;
  bool told = false;
};

// Whatever ends a run, the round does not wait for it any more.
struct Watchman::Leave {
  Watchman& watchman;
  Looking& looking;
  ~Leave() {
    if (--looking.left == 0) watchman.over_.cancel();
  }
};

Watchman::Watchman(asio::io_context& core, News news)
    : news_(std::move(news)),
      controls_(std::make_shared<const settings::Controls>()),
      net_(core, {}),
      bell_(core),
      over_(core),
      pause_(core),
      tasks_(core.get_executor(), log_escape) {}

void Watchman::apply(settings::Controls controls) {
  controls_ = std::make_shared<const settings::Controls>(std::move(controls));
  if (controls_->targets.empty()) {
    blind_ = false;
    news_.report({});
  }
  ask();
}

void Watchman::ask() {
  asked_ = true;
  bell_.cancel();
}

void Watchman::stop() {
  stopped_ = true;
  for (auto* timer : {&bell_, &over_, &pause_}) timer->cancel();
  tasks_.cancel();
}

Awaitable<void> Watchman::wait(asio::steady_timer& timer, Duration time) {
  timer.expires_at(Steady::now() + time);
  co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
}

Awaitable<void> Watchman::watch() {
  while (!stopped_) {
    if (!controls_->targets.empty()) co_await look();
    if (!stopped_) co_await wait(pause_, pause);
    if (!stopped_ && !asked_) co_await wait(bell_, next_look());
  }
}

Duration Watchman::next_look() const {
  if (controls_->targets.empty()) return nothing_to_do;
  return blind_ ? while_blind : controls_->every;
}

Awaitable<void> Watchman::look() {
  const auto looking = std::make_shared<Looking>();
  looking->controls = controls_;
  looking->report.round = {Steady::now(), false};
  looking->report.needed = controls_->needed;
  looking->left = controls_->targets.size();
  asked_ = false;
  for (const auto& target : controls_->targets)
    looking->report.targets.push_back({target.name, false, "it was not asked"});
  for (std::size_t i = 0; i < controls_->targets.size(); ++i) tasks_.spawn(look_at(looking, i));
  while (looking->left > 0 && !stopped_) co_await wait(over_, nothing_to_do);
  if (stopped_) co_return;
  if (!looking->told) news_.round(looking->report.round);
  blind_ = !looking->report.round.sees;
  news_.report(looking->report);
}

Awaitable<void> Watchman::look_at(std::shared_ptr<Looking> looking, std::size_t number) {
  const Leave leave{*this, *looking};
  const auto& target = looking->controls->targets[number];
  TargetSeen& seen = looking->report.targets[number];
  RunInput input{net_, Deadline::in(looking->controls->timeout), {}, 0};
  const auto result = co_await target.probe->run(std::move(input));
  seen.ok = result.outcome == Outcome::pass || result.outcome == Outcome::degraded;
  seen.message = result.message;
  if (looking->told || looking->report.answered() < looking->report.needed) co_return;
  looking->told = looking->report.round.sees = true;
  news_.round(looking->report.round);
}

}  // namespace vedette::control
