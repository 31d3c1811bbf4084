// SPDX-License-Identifier: Apache-2.0
#include "agent/schedule/shard.h"

#include <optional>
#include <random>
#include <set>
#include <string_view>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "agent/schedule/due_queue.h"
#include "agent/schedule/runner.h"
#include "probes/net/alarm.h"
#include "probes/stable_hash.h"
#include "probes/task_group.h"

namespace vedette::schedule {

namespace asio = boost::asio;

// Everything in here belongs to the shard's thread, except the post() that brings work in.
struct Shard::Loop {
  explicit Loop(ShardSettings given) : settings(std::move(given)) {}

  void change(const std::vector<std::string>& stop, std::vector<Job> start) {
    for (const auto& name : stop) remove(name);
    if (!stop.empty()) waiting.forget_stopped();
    for (auto& job : start) add(std::move(job));
    start_due();
  }

  void add(Job job) {
    const double jitter = std::uniform_real_distribution<>(0, 1)(random);
    auto runner = std::make_shared<Runner>(*net, std::move(job), jitter);
    runners.insert(runner);
    waiting.push(std::move(runner));
  }

  void remove(const std::string& name) {
    const auto found = runners.find(name);
    if (found == runners.end()) return;
    (*found)->stop();
    runners.erase(found);
  }

  void hurry(const std::vector<std::string>& names) {
    for (const auto& name : names) {
      const auto found = runners.find(name);
      if (found != runners.end()) (*found)->hurry();
    }
    waiting.sort_anew();
    start_due();
  }

  // Who is due first is served first; beyond the bound the others wait until a lane is free.
  void start_due() {
    while (lanes < settings.concurrent_runs) {
      auto runner = waiting.take_due(Steady::now());
      if (!runner) break;
      ++lanes;
      tasks->spawn(lane(std::move(runner)));
    }
    set_alarm();
  }

  void set_alarm() {
    const auto next = waiting.next();
    if (next && lanes < settings.concurrent_runs) alarm.set(*next);
  }

  // Runs one check, and then whichever is due by then, so that one that waited starts at once.
  asio::awaitable<void> lane(std::shared_ptr<Runner> runner) {
    const Lane lane{*this};
    for (; runner; runner = waiting.take_due(Steady::now())) {
      const Turn turn{*this, runner};
      co_await runner->run();
    }
  }

  void shut_down() {
    for (const auto& runner : runners) runner->stop();
    waiting.clear();
    alarm.clear();
    tasks->cancel();
    work.reset();
  }

  void run() {
    net.emplace(io, settings.net);
    tasks.emplace(io.get_executor(), settings.on_escape);
    io.run();
    tasks.reset();
    runners.clear();
    net.reset();
  }

  // The ends of both hold also when an exception ends the lane: a bug must not take a place, nor a
  // check, for ever.
  struct Lane {
    Loop& loop;
    ~Lane() {
      --loop.lanes;
      loop.set_alarm();
    }
  };
  struct Turn {
    Loop& loop;
    const std::shared_ptr<Runner>& runner;
    ~Turn() {
      if (runner->stopped()) return;
      loop.waiting.push(runner);
      loop.set_alarm();
    }
  };

  struct ByName {
    using is_transparent = void;
    static std::string_view name(const std::shared_ptr<Runner>& runner) { return runner->name(); }
    static std::string_view name(std::string_view text) { return text; }
    bool operator()(const auto& one, const auto& other) const { return name(one) < name(other); }
  };

  ShardSettings settings;
  DueQueue waiting;
  int lanes = 0;  // runs under way
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
  net::Alarm alarm{io, [this] { start_due(); }};
  std::optional<net::Toolbox> net;
  std::optional<TaskGroup> tasks;
  std::set<std::shared_ptr<Runner>, ByName> runners;
  std::minstd_rand random{std::random_device{}()};
  std::thread thread;
};

Shard::Shard(ShardSettings settings) : loop_(std::make_unique<Loop>(std::move(settings))) {
  loop_->thread = std::thread([loop = loop_.get()] { loop->run(); });
}

Shard::~Shard() {
  shut_down();
}

void Shard::change(std::vector<std::string> stop, std::vector<Job> start) {
  asio::post(loop_->io,
             [loop = loop_.get(), stop = std::move(stop), start = std::move(start)]() mutable {
               loop->change(stop, std::move(start));
             });
}

void Shard::hurry(std::vector<std::string> names) {
  asio::post(loop_->io, [loop = loop_.get(), names = std::move(names)] { loop->hurry(names); });
}

asio::any_io_executor Shard::executor() const {
  return loop_->io.get_executor();
}

void Shard::shut_down() {
  if (!loop_->thread.joinable()) return;
  asio::post(loop_->io, [loop = loop_.get()] { loop->shut_down(); });
  loop_->thread.join();
}

std::size_t shard_of(const std::string& check, std::size_t shards) {
  return stable_hash(check) % shards;
}

}  // namespace vedette::schedule
