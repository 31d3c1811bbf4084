// SPDX-License-Identifier: Apache-2.0
#include "agent/cli/run_checks.h"

#include <algorithm>
#include <csignal>
#include <map>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/core.h>

#include "agent/flows/callback_desk.h"
#include "agent/flows/memory_journal.h"
#include "agent/web/server.h"
#include "probes/flow/services.h"
#include "probes/net/toolbox.h"
#include "probes/task_group.h"

namespace vedette::cli {
namespace {

namespace asio = boost::asio;

constexpr int at_once = 32;

double milliseconds(Microseconds duration) {
  return static_cast<double>(duration.count()) / 1000;
}

// "  card-payment[visa]  capture  pass  12.3 ms  intent=pi_1".
void tell_step(const std::string& check, const flow::StepReport& step) {
  if (step.skipped) {
    fmt::print(stderr, "  {}  {}  not needed\n", check, step.step->name);
    return;
  }
  std::string phases;
  for (const auto& phase : step.result.phases) {
    if (phase.name == "total") continue;
    phases += fmt::format("{}{} {:.1f}", phases.empty() ? "" : ", ", phase.name,
                          milliseconds(phase.duration));
  }
  std::string captured;
  for (const auto& [name, value] : step.captured)
    captured += fmt::format("  {}={}", name, value.text.substr(0, 80));
  fmt::print(stderr, "  {}  {}  {}  {:.1f} ms ({}){}\n", check, step.step->name,
             text(step.result.outcome), milliseconds(step.result.duration), phases, captured);
}

// The loop, and what flows need on it.
class Session {
 public:
  Session(std::vector<CheckedResult>& items, bool progress)
      : items_(items), progress_(progress), desk_(loop_.get_executor()) {}

  RunOutcome run() {
    listen_for_callbacks();
    signals_.async_wait([this](boost::system::error_code error, int) {
      if (error) return;
      outcome_.interrupted = true;
      tasks_.cancel();
    });
    for (int i = 0; i < at_once; ++i) tasks_.spawn(lane());
    tasks_.spawn(end_with_the_lanes());
    loop_.run();
    for (const auto& entry : journal_.left()) {
      outcome_.left_behind.push_back(fmt::format("{}: step \"{}\" of run {} is not undone: {}",
                                                 entry.flow, entry.step, entry.run, entry.trouble));
    }
    return std::move(outcome_);
  }

 private:
  void listen_for_callbacks() {
    const bool wanted = std::ranges::any_of(
        items_, [](const CheckedResult& item) { return item.check->type->name == "flow"; });
    if (!wanted) return;
    auto server = web::Server::listen(loop_, "127.0.0.1:0", flows::callback_handler(desk_));
    if (!server) return;  // flows then say that nobody listens
    server_ = std::move(*server);
    callbacks_ = flows::callbacks_of(desk_, "http://" + server_->address(), loop_.get_executor());
  }

  flow::Services services_for(const settings::Check& check) {
    flow::Services services{check.base, &journal_, callbacks_.get(), {}};
    if (progress_)
      services.on_step = [&check](const flow::StepReport& step) { tell_step(check.name, step); };
    return services;
  }

  // One of those that run at once: takes the next check until there is none left.
  asio::awaitable<void> lane() {
    ++lanes_;
    const Leave leave{*this};
    while (next_ < items_.size()) {
      auto& item = items_[next_++];
      const auto services = services_for(*item.check);
      RunInput input{net_, Deadline::in(item.check->timeout), {}, item.check->identity, &services};
      item.result = co_await item.check->probe->run(std::move(input));
    }
  }

  struct Leave {
    Session& session;
    ~Leave() {
      if (--session.lanes_ == 0) session.over_.cancel();
    }
  };

  asio::awaitable<void> end_with_the_lanes();

  std::vector<CheckedResult>& items_;
  const bool progress_;
  RunOutcome outcome_;
  asio::io_context loop_{1};
  net::Toolbox net_{loop_, {}};
  asio::signal_set signals_{loop_, SIGINT, SIGTERM};
  asio::steady_timer over_{loop_, asio::steady_timer::time_point::max()};
  flows::CallbackDesk desk_;
  std::unique_ptr<web::Server> server_;
  std::unique_ptr<flow::Callbacks> callbacks_;
  flows::MemoryJournal journal_;
  std::size_t next_ = 0;
  int lanes_ = 0;
  TaskGroup tasks_{loop_.get_executor(),
                   [](std::exception_ptr escaped) { std::rethrow_exception(escaped); }};
};

asio::awaitable<void> Session::end_with_the_lanes() {
  co_await asio::this_coro::throw_if_cancelled(false);
  while (lanes_ > 0) co_await over_.async_wait(asio::as_tuple(asio::use_awaitable));
  signals_.cancel();
  co_await asio::this_coro::reset_cancellation_state();
  if (server_) co_await server_->stop();
}

}  // namespace

RunOutcome run_checks(std::vector<CheckedResult>& items, bool progress) {
  return Session(items, progress).run();
}

}  // namespace vedette::cli
