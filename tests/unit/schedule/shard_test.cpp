// SPDX-License-Identifier: Apache-2.0
#include "agent/schedule/shard.h"

#include <array>
#include <atomic>
#include <condition_variable>
#include <mutex>
#include <stdexcept>
#include <thread>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>

namespace vedette::schedule {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

// Takes `takes` for each run, or throws, and knows how many runs were under way at once. Each run
// remembers one letter more than the last.
class FakeProbe : public Probe {
 public:
  explicit FakeProbe(Duration takes, bool throws = false) : takes_(takes), throws_(throws) {}

  Awaitable<Result> run(RunInput input) const override {
    most_ = std::max<int>(most_, ++under_way_);
    asio::steady_timer timer(co_await asio::this_coro::executor, takes_);
    co_await timer.async_wait(asio::as_tuple(asio::use_awaitable));
    --under_way_;
    if (throws_) throw std::runtime_error("broken on purpose");
    Result result;
    result.outcome = Outcome::pass;
    result.memory = input.memory + "x";
    if (!input.brief) result.facts = {{"told", "in full"}};
    co_return result;
  }

  int most_under_way() const { return most_; }

 private:
  Duration takes_;
  bool throws_;
  mutable std::atomic<int> under_way_ = 0;
  mutable std::atomic<int> most_ = 0;
};

// Counts, and lets the test wait until enough was counted.
class Counter : public Observer {
 public:
  std::string memory() const override {
    const std::lock_guard lock(mutex_);
    return last_.memory.value_or("");
  }
  std::optional<Duration> on_result(Result&& result) override {
    const std::lock_guard lock(mutex_);
    last_ = std::move(result);
    ++results_;
    changed_.notify_all();
    return again_;
  }
  void on_start(Microseconds) override {}
  void on_skipped(std::int64_t slots) override {
    const std::lock_guard lock(mutex_);
    skipped_ += slots;
    changed_.notify_all();
  }

  bool wait_for_results(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 20s, [&] { return results_ >= count; });
  }
  bool wait_for_skipped(int count) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, 20s, [&] { return skipped_ >= count; });
  }
  int results() {
    const std::lock_guard lock(mutex_);
    return results_;
  }
  Result last() {
    const std::lock_guard lock(mutex_);
    return last_;
  }
  void ask_again_after(Duration wait) { again_ = wait; }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  Result last_;
  int results_ = 0;
  std::int64_t skipped_ = 0;
  std::optional<Duration> again_;
};

struct ShardTest : testing::Test {
  ShardSettings settings(int concurrent = 64) {
    ShardSettings made;
    made.concurrent_runs = concurrent;
    made.on_escape = [this](std::exception_ptr) { ++escaped; };
    return made;
  }
  static Job job(std::string name, Duration every, std::shared_ptr<Probe> probe,
                 std::shared_ptr<Observer> observer) {
    return {std::move(name), every, every, std::move(probe), std::move(observer)};
  }
  std::atomic<int> escaped = 0;
};

TEST_F(ShardTest, RunsACheckAgainAndAgain) {
  Shard shard(settings());
  auto counter = std::make_shared<Counter>();
  shard.change({}, {job("a", 10ms, std::make_shared<FakeProbe>(0ms), counter)});
  EXPECT_TRUE(counter->wait_for_results(5));
  shard.shut_down();
  EXPECT_EQ(escaped, 0);
}

TEST_F(ShardTest, HandsEachRunWhatTheLastOneRemembered) {
  Shard shard(settings());
  auto counter = std::make_shared<Counter>();
  shard.change({}, {job("a", 5ms, std::make_shared<FakeProbe>(0ms), counter)});
  ASSERT_TRUE(counter->wait_for_results(3));
  shard.shut_down();
  EXPECT_EQ(counter->last().memory, std::string(static_cast<std::size_t>(counter->results()), 'x'));
}

TEST_F(ShardTest, TellsTheProbeWhetherTheRunMayBeBrief) {
  Shard shard(settings());
  auto brief = std::make_shared<Counter>(), in_full = std::make_shared<Counter>();
  auto probe = std::make_shared<FakeProbe>(0ms);
  std::vector<Job> jobs{job("a", 5ms, probe, brief), job("b", 5ms, probe, in_full)};
  jobs.front().brief = true;
  shard.change({}, std::move(jobs));
  ASSERT_TRUE(brief->wait_for_results(1) && in_full->wait_for_results(1));
  shard.shut_down();
  EXPECT_TRUE(brief->last().facts.empty());
  EXPECT_FALSE(in_full->last().facts.empty());
}

TEST_F(ShardTest, SkipsSlotsInsteadOfStackingRunsWhenARunIsSlow) {
  Shard shard(settings());
  auto probe = std::make_shared<FakeProbe>(35ms);
  auto counter = std::make_shared<Counter>();
  shard.change({}, {job("a", 10ms, probe, counter)});
  EXPECT_TRUE(counter->wait_for_skipped(3));
  shard.shut_down();
  EXPECT_EQ(probe->most_under_way(), 1);
}

TEST_F(ShardTest, NeverRunsMoreChecksAtOnceThanAllowed) {
  Shard shard(settings(3));
  auto probe = std::make_shared<FakeProbe>(5ms);
  auto counter = std::make_shared<Counter>();
  std::vector<Job> jobs;
  for (int i = 0; i < 20; ++i)
    jobs.push_back(job("check-" + std::to_string(i), 10ms, probe, counter));
  shard.change({}, std::move(jobs));
  EXPECT_TRUE(counter->wait_for_results(60));
  shard.shut_down();
  EXPECT_EQ(probe->most_under_way(), 3);
}

TEST_F(ShardTest, ConfirmsSoonWhenTheObserverAsksForIt) {
  Shard shard(settings());
  auto counter = std::make_shared<Counter>();
  counter->ask_again_after(1ms);
  shard.change({}, {job("a", 500ms, std::make_shared<FakeProbe>(0ms), counter)});
  const auto began = Steady::now();
  EXPECT_TRUE(counter->wait_for_results(20));
  EXPECT_LT(Steady::now() - began, 5s) << "twenty slots would have taken ten seconds";
  shard.shut_down();
}

TEST_F(ShardTest, AStoppedCheckIsNotHeardOfAgainAndTheOthersGoOn) {
  Shard shard(settings());
  auto stopped = std::make_shared<Counter>();
  auto going = std::make_shared<Counter>();
  auto probe = std::make_shared<FakeProbe>(1ms);
  shard.change({}, {job("a", 5ms, probe, stopped), job("b", 5ms, probe, going)});
  ASSERT_TRUE(stopped->wait_for_results(1));
  shard.change({"a"}, {});
  const int seen = going->results();
  ASSERT_TRUE(going->wait_for_results(seen + 3));
  const int last = stopped->results();
  ASSERT_TRUE(going->wait_for_results(seen + 10));
  EXPECT_EQ(stopped->results(), last);
  shard.shut_down();
}

TEST_F(ShardTest, AProbeThatThrowsIsUnknownAndRunsOn) {
  Shard shard(settings());
  auto counter = std::make_shared<Counter>();
  shard.change({}, {job("a", 5ms, std::make_shared<FakeProbe>(0ms, true), counter)});
  ASSERT_TRUE(counter->wait_for_results(3));
  shard.shut_down();
  EXPECT_EQ(counter->last().outcome, Outcome::unknown);
  EXPECT_EQ(counter->last().reason, Reason::agent_blind);
  EXPECT_EQ(escaped, 0);
}

class Broken : public Counter {
 public:
  std::optional<Duration> on_result(Result&& result) override {
    Counter::on_result(std::move(result));
    throw std::runtime_error("broken on purpose");
  }
};

TEST_F(ShardTest, AnObserverThatThrowsIsToldAndTakesNeitherAPlaceNorTheCheck) {
  Shard shard(settings(1));
  auto broken = std::make_shared<Broken>();
  auto going = std::make_shared<Counter>();
  auto probe = std::make_shared<FakeProbe>(0ms);
  shard.change({}, {job("a", 5ms, probe, broken), job("b", 5ms, probe, going)});
  EXPECT_TRUE(broken->wait_for_results(3));
  EXPECT_TRUE(going->wait_for_results(3));
  shard.shut_down();
  EXPECT_GE(escaped, 3);
}

TEST_F(ShardTest, AReplacedCheckGoesOnUnderItsNewDefinition) {
  Shard shard(settings());
  auto before = std::make_shared<Counter>();
  auto after = std::make_shared<Counter>();
  auto probe = std::make_shared<FakeProbe>(1ms);
  shard.change({}, {job("a", 24h, probe, before), job("b", 5ms, probe, before)});
  ASSERT_TRUE(before->wait_for_results(1));
  std::weak_ptr<Counter> waiting = before;
  shard.change({"a", "b"}, {job("a", 5ms, probe, after)});
  before.reset();
  ASSERT_TRUE(after->wait_for_results(3));
  EXPECT_TRUE(waiting.expired()) << "what waited for tomorrow is kept";
  shard.shut_down();
}

TEST_F(ShardTest, RunsAWaitingCheckAtOnceWhenItIsHurried) {
  Shard shard(settings());
  auto hurried = std::make_shared<Counter>();
  auto left_alone = std::make_shared<Counter>();
  auto probe = std::make_shared<FakeProbe>(0ms);
  auto quick = job("a", 24h, probe, hurried);
  quick.after_change = Pace{.every = 5ms, .lasting = 1h};
  shard.change({}, {quick, job("b", 24h, probe, left_alone)});
  shard.hurry({"a", "b", "nobody"});
  EXPECT_TRUE(hurried->wait_for_results(3));
  shard.shut_down();
  EXPECT_EQ(left_alone->results(), 0) << "it has no pace after changes";
}

TEST_F(ShardTest, ARunUnderWayIsFollowedByOneThatBeganAfterTheChange) {
  Shard shard(settings());
  auto counter = std::make_shared<Counter>();
  auto slow = std::make_shared<FakeProbe>(200ms);
  auto checked = job("a", 24h, slow, counter);
  checked.after_change = Pace{.every = 1s, .lasting = 0s};
  shard.change({}, {checked});
  shard.hurry({"a"});
  while (slow->most_under_way() < 1) std::this_thread::yield();
  shard.hurry({"a"});
  EXPECT_TRUE(counter->wait_for_results(2));
  EXPECT_EQ(slow->most_under_way(), 1);
  shard.shut_down();
}

TEST_F(ShardTest, EndsAtOnceWhileRunsAreUnderWay) {
  Shard shard(settings());
  auto probe = std::make_shared<FakeProbe>(60s);
  auto counter = std::make_shared<Counter>();
  std::vector<Job> jobs;
  for (int i = 0; i < 10; ++i)
    jobs.push_back(job("check-" + std::to_string(i), 20ms, probe, counter));
  shard.change({}, std::move(jobs));
  while (probe->most_under_way() < 10) std::this_thread::yield();
  const auto began = Steady::now();
  shard.shut_down();
  EXPECT_LT(Steady::now() - began, 10s);
}

TEST(ShardOf, TheSameNameAlwaysGoesToTheSameShard) {
  EXPECT_EQ(shard_of("login", 4), shard_of("login", 4));
  std::array<int, 4> counts{};
  for (int i = 0; i < 400; ++i) ++counts.at(shard_of("check-" + std::to_string(i), 4));
  for (const int count : counts) EXPECT_GT(count, 50);
}

}  // namespace
}  // namespace vedette::schedule
