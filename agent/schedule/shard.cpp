// SPDX-License-Identifier: Apache-2.0
#include "agent/schedule/shard.h"

#include <map>
#include <optional>
#include <random>
#include <thread>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>

#include "agent/schedule/runner.h"
#include "probes/stable_hash.h"
#include "probes/task_group.h"

namespace vedette::schedule {

namespace asio = boost::asio;

// Takes part in the runner's ownership: a runner that was stopped lives until its run has ended.
static asio::awaitable<void> live(std::shared_ptr<Runner> runner) {
  co_await runner->run();
}

// Everything in here belongs to the shard's thread, except the post() that brings work in.
struct Shard::Loop {
  explicit Loop(ShardSettings given) : settings(std::move(given)) {}

  void start(Job job) {
    const std::string name = job.name;
    const double jitter = std::uniform_real_distribution<>(0, 1)(random);
    auto runner = std::make_shared<Runner>(*net, slots, std::move(job), jitter);
    runners[name] = runner;
    tasks->spawn(live(std::move(runner)));
  }

  void stop(const std::string& name) {
    const auto found = runners.find(name);
    if (found == runners.end()) return;
    found->second->stop();
    runners.erase(found);
  }

  void run() {
    net.emplace(io, settings.net);
    tasks.emplace(io.get_executor(), settings.on_escape);
    io.run();
    tasks.reset();
    runners.clear();
    net.reset();
  }

  ShardSettings settings;
  asio::io_context io{1};
  asio::executor_work_guard<asio::io_context::executor_type> work{io.get_executor()};
  std::optional<net::Toolbox> net;
  std::optional<TaskGroup> tasks;
  Slots slots{settings.concurrent_runs};
  std::map<std::string, std::shared_ptr<Runner>> runners;
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
               for (const auto& name : stop) loop->stop(name);
               for (auto& job : start) loop->start(std::move(job));
             });
}

void Shard::shut_down() {
  if (!loop_->thread.joinable()) return;
  asio::post(loop_->io, [loop = loop_.get()] {
    for (auto& [name, runner] : loop->runners) runner->stop();
    loop->tasks->cancel();
    loop->work.reset();
  });
  loop_->thread.join();
}

std::size_t shard_of(const std::string& check, std::size_t shards) {
  return stable_hash(check) % shards;
}

}  // namespace vedette::schedule
