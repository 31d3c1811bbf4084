// SPDX-License-Identifier: Apache-2.0
// The fleet on its own, with probes of the test's: what a check that was replaced or removed still
// has to say counts no more, and which runs may be brief.
#include "agent/app/fleet.h"

#include <atomic>

#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

using testing::IsEmpty;

// Finds a fault at once, every time.
class Faulty : public Probe {
 public:
  explicit Faulty(std::string message) : message_(std::move(message)) {}

  Awaitable<Result> run(RunInput) const override {
    ++runs_;
    Result result;
    result.outcome = Outcome::fail;
    result.reason = Reason::timeout;
    result.message = message_;
    result.started_at = wall_now();
    co_return result;
  }

  // The result of a run is handled before the next one begins.
  bool has_told() const {
    return wait_for([this] { return runs_ >= 2; });
  }

 private:
  std::string message_;
  mutable std::atomic<int> runs_ = 0;
};

// Finds all well, and knows whether its last run might be brief.
class Noting : public Probe {
 public:
  Awaitable<Result> run(RunInput input) const override {
    Result result;
    result.outcome = Outcome::pass;
    result.started_at = wall_now();
    brief_ = input.brief;
    ++runs_;
    co_return result;
  }
  std::optional<bool> was_brief() const {
    return wait_for([this] { return runs_ > 0; }) ? std::optional<bool>(brief_) : std::nullopt;
  }

 private:
  mutable std::atomic<bool> brief_ = false;
  mutable std::atomic<int> runs_ = 0;
};

struct FleetTest : testing::Test {
  static settings::Settings one_component() {
    settings::Settings made;
    made.agent.shards = 1;
    made.components = {{"shop", "Shop", "", "", {}}};
    return made;
  }
  settings::Check page(std::shared_ptr<const Probe> probe, const std::string& fingerprint) const {
    settings::Check check;
    check.name = "page";
    check.component = "shop";
    check.every = check.timeout = Duration(20);
    check.detect = {.failures = 1, .of = 1, .passes = 1, .confirm_after = Duration(1)};
    check.type = &type;
    check.probe = std::move(probe);
    check.fingerprint = fingerprint;
    return check;
  }
  void watch(const settings::Check& check) {
    configured.checks = {check};
    apply();
  }
  void watch(std::shared_ptr<const Faulty> probe, const std::string& fingerprint) {
    watch(page(std::move(probe), fingerprint));
  }
  void watch_nothing() {
    configured.checks.clear();
    apply();
  }
  void apply() {
    fleet.apply(configured, [](const std::string&) { return nullptr; });
  }
  void listen() {
    core.restart();
    core.poll();
  }

  const ProbeType type{.name = "faulty", .parse = nullptr, .gauges = {}, .infos = {}};
  settings::Settings configured = one_component();
  boost::asio::io_context core;
  std::vector<std::string> heard;
  app::Fleet fleet{
      configured.agent,
      {},
      core.get_executor(),
      {[this](incident::Vote vote) { heard.push_back(vote.verdict.message); }, [](auto) {}}};
};

TEST_F(FleetTest, TheVoteOfACheckThatWasReplacedBeforeItWasHeardDoesNotCount) {
  const auto before = std::make_shared<Faulty>("before");
  watch(before, "one");
  ASSERT_TRUE(before->has_told());
  const auto after = std::make_shared<Faulty>("after");
  watch(after, "two");
  EXPECT_TRUE(wait_for([&] {
    listen();
    return !heard.empty();
  }));
  EXPECT_THAT(heard, testing::Each("after"));
}

TEST_F(FleetTest, NorDoesThatOfOneThatWasRemoved) {
  const auto probe = std::make_shared<Faulty>("gone");
  watch(probe, "one");
  ASSERT_TRUE(probe->has_told());
  watch_nothing();
  fleet.shut_down();
  listen();
  EXPECT_THAT(heard, IsEmpty());
}

TEST_F(FleetTest, RunsAreBriefUnlessSomebodyReadsWhatPassed) {
  const auto plain = std::make_shared<Noting>(), paced = std::make_shared<Noting>();
  watch(page(plain, "one"));
  EXPECT_EQ(plain->was_brief(), true);
  auto check = page(paced, "two");
  check.detect.slower.on = true;
  watch(check);
  EXPECT_EQ(paced->was_brief(), false);
}

}  // namespace
}  // namespace vedette::test
