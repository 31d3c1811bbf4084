// SPDX-License-Identifier: Apache-2.0
// Random sequences of samples against what must hold for every one of them, told from the plain
// history.
#include <algorithm>
#include <random>

#include <gtest/gtest.h>

#include "agent/detect/detector.h"

namespace vedette::detect {
namespace {

// The known samples since the check last came up, kept in full where the detector keeps a window.
class History {
 public:
  explicit History(const Policy& policy) : policy_(policy) {}

  void add(const Sample& sample) { samples_.push_back(sample); }
  void restart() { samples_.clear(); }
  std::vector<Sample> window() const {
    const auto size = std::min(samples_.size(), static_cast<std::size_t>(policy_.of));
    return {samples_.end() - static_cast<std::ptrdiff_t>(size), samples_.end()};
  }
  int fails() const {
    return count([](Outcome outcome) { return outcome == Outcome::fail; });
  }
  int troubles() const {
    return count([](Outcome outcome) { return outcome != Outcome::pass; });
  }
  int trailing_passes() const {
    const auto last = std::find_if(samples_.rbegin(), samples_.rend(), [](const Sample& sample) {
      return sample.outcome != Outcome::pass;
    });
    return static_cast<int>(last - samples_.rbegin());
  }
  Instant first_of_trailing_passes() const {
    return samples_[samples_.size() - static_cast<std::size_t>(trailing_passes())].at;
  }

 private:
  template <class Matches>
  int count(Matches matches) const {
    const auto last = window();
    return static_cast<int>(std::ranges::count_if(last, matches, &Sample::outcome));
  }

  Policy policy_;
  std::vector<Sample> samples_;
};

Policy random_policy(std::mt19937& random) {
  const int of = std::uniform_int_distribution{1, 64}(random);
  return {.failures = std::uniform_int_distribution{1, std::min(of, 6)}(random),
          .of = of,
          .passes = std::uniform_int_distribution{1, 5}(random)};
}

Sample random_sample(std::mt19937& random, Instant at, const std::array<double, 4>& weights) {
  std::discrete_distribution<int> outcomes(weights.begin(), weights.end());
  Sample sample{static_cast<Outcome>(outcomes(random)), {}, "", at};
  if (sample.outcome == Outcome::pass) return sample;
  const auto reason = std::uniform_int_distribution<std::size_t>{0, reason_count - 1}(random);
  sample.reason = static_cast<Reason>(reason);
  sample.message = text(*sample.reason);
  return sample;
}

void check_change(const Verdict& before, const Verdict& after, const History& history,
                  const Policy& policy, const Sample& sample) {
  if (after.state == State::down) {
    EXPECT_EQ(sample.outcome, Outcome::fail);
    EXPECT_GE(history.fails(), policy.failures);
    const auto window = history.window();
    EXPECT_EQ(after.since, std::ranges::find(window, Outcome::fail, &Sample::outcome)->at);
  } else if (after.state == State::degraded && before.state != State::down) {
    EXPECT_GE(history.troubles(), policy.failures);
  } else if (after.state == State::up) {
    EXPECT_EQ(after.since, history.first_of_trailing_passes());
    if (before.state != State::unknown) {
      EXPECT_GE(history.trailing_passes(), policy.passes);
    }
  }
  EXPECT_NE(after.state, State::unknown);
}

void check_always(const Verdict& verdict) {
  EXPECT_LE(verdict.since, verdict.decided);
  const bool failing = verdict.state == State::down || verdict.state == State::degraded;
  if (verdict.state != State::unknown) {
    EXPECT_EQ(verdict.reason.has_value(), failing);
  }
}

// A failed property names the seed by the trace around it.
void run(std::uint32_t seed) {
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const Policy policy = random_policy(random);
  const std::array<double, 4> weights{6, double(seed % 3), double(seed % 5), double(seed % 2)};
  Detector detector(policy);
  History history(policy);
  Instant at{std::chrono::milliseconds{1'000'000}};
  for (int i = 0; i < 400 && !testing::Test::HasFailure(); ++i, at += std::chrono::seconds{30}) {
    const Sample sample = random_sample(random, at, weights);
    const Verdict before = detector.verdict();
    if (sample.outcome != Outcome::unknown) history.add(sample);
    const Step step = detector.feed(sample);
    const Verdict& after = detector.verdict();

    const bool known = before.state != State::unknown;
    if (sample.outcome == Outcome::unknown && known) {
      EXPECT_EQ(after, before);
    }
    if (sample.outcome == Outcome::unknown) {
      EXPECT_FALSE(step.confirm);
    }
    if (known) {
      EXPECT_EQ(step.changed, after.state != before.state || after.reason != before.reason);
    }
    if (after.state != before.state) check_change(before, after, history, policy, sample);
    if (after.state != before.state && after.state == State::up) history.restart();
    // What led to `down` is forgotten when it gets better to `degraded`: the plain history as well.
    if (before.state == State::down && after.state == State::degraded) {
      history.restart();
      history.add(sample);
    }
    check_always(after);
  }
}

TEST(DetectorProperties, HoldForRandomSequences) {
  for (std::uint32_t seed = 0; seed < 500; ++seed) run(seed);
}

TEST(DetectorProperties, EnoughFailuresAlwaysBringItDownAndEnoughPassesUp) {
  for (std::uint32_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const Policy policy = random_policy(random);
    Detector detector(policy);
    Instant at{std::chrono::milliseconds{1'000'000}};
    const auto feed = [&](Outcome outcome) {
      at += std::chrono::seconds{30};
      detector.feed({outcome,
                     outcome == Outcome::pass ? std::nullopt : std::optional{Reason::timeout}, "",
                     at});
    };
    for (int i = 0; i < 100; ++i) feed(static_cast<Outcome>(random() % 4));
    for (int i = 0; i < policy.failures; ++i) feed(Outcome::fail);
    EXPECT_EQ(detector.verdict().state, State::down);
    for (int i = 0; i < policy.passes; ++i) feed(Outcome::pass);
    EXPECT_EQ(detector.verdict().state, State::up);
  }
}

TEST(DetectorProperties, RestoredVerdictIsNeverLostByUnknownsAlone) {
  for (const State state : {State::up, State::degraded, State::down}) {
    const Verdict restored{state, Instant{Duration{5}}, Instant{Duration{7}}, {}, ""};
    Detector detector({}, restored);
    for (int i = 0; i < 100; ++i) {
      detector.feed({Outcome::unknown, Reason::agent_late, "", Instant{Duration{100 + i}}});
    }
    EXPECT_EQ(detector.verdict(), restored);
  }
}

}  // namespace
}  // namespace vedette::detect
