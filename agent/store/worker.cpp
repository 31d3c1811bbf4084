// SPDX-License-Identifier: Apache-2.0
#include "agent/store/worker.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <utility>

#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

namespace vedette::store {

// Kept by both threads, because the store thread may outlive the worker when the disk hangs.
struct Worker::Shared {
  struct Job {
    Work work;
    Done done;
    boost::asio::any_io_executor loop;  // of another than the core; empty: the core
  };

  Shared(boost::asio::any_io_executor loop, Open opener, WorkerLimits bounds)
      : core(std::move(loop)), open(std::move(opener)), limits(bounds) {}

  bool push(Job job);
  std::optional<Job> next(std::optional<Steady::time_point> wake);
  void finished_one();
  void ended();
  void tell(std::function<void()> news) { tell(std::move(news), core); }
  void tell(std::function<void()> news, const boost::asio::any_io_executor& loop);
  void set_health(Health next_health);

  // Immutable.
  const boost::asio::any_io_executor core;
  const Open open;
  const WorkerLimits limits;

  // Guarded by the mutex.
  std::mutex mutex;
  std::condition_variable changed;
  std::deque<Job> waiting;
  std::size_t running = 0;
  bool stopping = false;
  bool over = false;       // the thread is at its end
  bool abandoned = false;  // nobody listens any more: the core loop may be gone

  // Store thread only.
  std::optional<std::string> reported;  // the trouble last told, empty: none

  // Core loop only.
  Health health;
  OnHealth listener;
  bool alive = true;
};

bool Worker::Shared::push(Job job) {
  const std::lock_guard lock(mutex);
  if (stopping || waiting.size() + running >= limits.queue) return false;
  waiting.push_back(std::move(job));
  changed.notify_all();
  return true;
}

// Nothing: it is time to open the store, or to end (then `stopping` is set and nothing waits).
std::optional<Worker::Shared::Job> Worker::Shared::next(std::optional<Steady::time_point> wake) {
  std::unique_lock lock(mutex);
  const auto something = [this] { return stopping || !waiting.empty(); };
  wake ? (void)changed.wait_until(lock, *wake, something) : changed.wait(lock, something);
  if (waiting.empty()) return std::nullopt;
  Job job = std::move(waiting.front());
  waiting.pop_front();
  running = 1;
  return job;
}

void Worker::Shared::finished_one() {
  const std::lock_guard lock(mutex);
  running = 0;
}

void Worker::Shared::ended() {
  const std::lock_guard lock(mutex);
  over = true;
  changed.notify_all();
}

// Under the lock, so that nothing is posted to a loop that is gone.
void Worker::Shared::tell(std::function<void()> news, const boost::asio::any_io_executor& loop) {
  const std::lock_guard lock(mutex);
  if (!abandoned) boost::asio::post(loop, std::move(news));
}

void Worker::Shared::set_health(Health next_health) {
  if (!alive) return;
  health = std::move(next_health);
  health.ok ? spdlog::info("store: ready") : spdlog::error("store: {}", health.message);
  if (listener) listener(health);
}

void Worker::serve(const std::shared_ptr<Shared>& shared) {
  SupervisedStore store(shared->open, shared->limits.pauses);
  const auto report = [&] {
    const std::string trouble = store.trouble() ? store.trouble()->message : "";
    if (std::exchange(shared->reported, trouble) == trouble) return;
    shared->tell([shared, health = Health{trouble.empty(), trouble, wall_now()}]() mutable {
      shared->set_health(std::move(health));
    });
  };
  const auto ending = [&] {
    const std::lock_guard lock(shared->mutex);
    return shared->stopping && shared->waiting.empty();
  };

  while (!ending()) {
    store.open_if_due();
    report();
    auto job = shared->next(store.next_attempt());
    if (!job) continue;
    job->work(store);
    report();
    shared->finished_one();
    if (job->loop) {
      shared->tell(std::move(job->done), job->loop);
      continue;
    }
    shared->tell([shared, done = std::move(job->done)] {
      if (shared->alive) done();
    });
  }
  shared->ended();
}

Worker::Worker(boost::asio::any_io_executor core, Open open, WorkerLimits limits)
    : shared_(std::make_shared<Shared>(std::move(core), std::move(open), limits)),
      thread_([shared = shared_] { serve(shared); }) {}

Worker::~Worker() {
  {
    const std::lock_guard lock(shared_->mutex);
    shared_->waiting.clear();
  }
  shared_->alive = false;
  constexpr Duration for_the_running_one{2000};
  stop(for_the_running_one);
}

bool Worker::submit(Work work, Done done) {
  return shared_->push({std::move(work), std::move(done), {}});
}

bool Worker::submit(Work work, Done done, boost::asio::any_io_executor loop) {
  return shared_->push({std::move(work), std::move(done), std::move(loop)});
}

std::size_t Worker::depth() const {
  const std::lock_guard lock(shared_->mutex);
  return shared_->waiting.size() + shared_->running;
}

const Health& Worker::health() const {
  return shared_->health;
}

void Worker::on_health(OnHealth listener) {
  shared_->listener = std::move(listener);
}

bool Worker::stop(Duration within) {
  if (!thread_.joinable()) return true;
  bool over = false;
  {
    std::unique_lock lock(shared_->mutex);
    shared_->stopping = true;
    shared_->changed.notify_all();
    over = shared_->changed.wait_for(lock, within, [this] { return shared_->over; });
    if (!over) {
      shared_->waiting.clear();
      shared_->abandoned = true;
    }
  }
  over ? thread_.join() : thread_.detach();
  return over;
}

}  // namespace vedette::store
