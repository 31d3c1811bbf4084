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

// k of n and nothing else.
Policy random_plain_policy(std::mt19937& random) {
  Policy policy = random_policy(random);
  policy.intermittent.on = false;
  policy.flapping.on = false;
  return policy;
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
    const int needed = before.state == State::degraded ? 2 * policy.passes : policy.passes;
    if (before.state != State::unknown) {
      EXPECT_GE(history.trailing_passes(), needed);
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
  EXPECT_TRUE(failing || !verdict.unstable);
}

// A failed property names the seed by the trace around it.
void run(std::uint32_t seed) {
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  const Policy policy = random_plain_policy(random);
  const std::array<double, 4> weights{6, double(seed % 3), double(seed % 5), double(seed % 2)};
  Detector detector(policy);
  History history(policy);
  Verdict known;  // the last one that was
  int unknowns = 0;
  Instant at{std::chrono::milliseconds{1'000'000}};
  for (int i = 0; i < 400 && !testing::Test::HasFailure(); ++i, at += std::chrono::seconds{30}) {
    const Sample sample = random_sample(random, at, weights);
    const Verdict before = detector.verdict();
    const Step step = detector.feed(sample);
    const Verdict& after = detector.verdict();
    check_always(after);
    EXPECT_GE(after.decided, before.decided);
    if (sample.outcome == Outcome::unknown) {
      ++unknowns;
      EXPECT_FALSE(step.confirm);
      if (known.state != State::unknown && unknowns == 1) {
        EXPECT_EQ(after, before);
      } else {
        EXPECT_EQ(after.state, State::unknown);
      }
      continue;
    }
    // What was suspected before it could not be seen for a while is forgotten.
    const bool seen_again = std::exchange(unknowns, 0) >= 2 && known.state != State::unknown;
    if (seen_again) history.restart();
    history.add(sample);
    if (!seen_again && before.state != State::unknown) {
      EXPECT_EQ(step.changed, after.state != before.state || after.reason != before.reason);
    }
    if (after.state != known.state) check_change(known, after, history, policy, sample);
    if (after.state != known.state && after.state == State::up) history.restart();
    // What led to `down` is forgotten when it gets better to `degraded`: the plain history as well.
    if (known.state == State::down && after.state == State::degraded) {
      history.restart();
      history.add(sample);
    }
    known = after;
  }
}

TEST(DetectorProperties, HoldForRandomSequences) {
  for (std::uint32_t seed = 0; seed < 500; ++seed) run(seed);
}

Sample plain(Outcome outcome, Instant at) {
  if (outcome == Outcome::pass) return {outcome, {}, "", at};
  return {outcome, Reason::timeout, "", at};
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
      detector.feed(plain(outcome, at));
    };
    for (int i = 0; i < 100; ++i) feed(static_cast<Outcome>(random() % 4));
    for (int i = 0; i < 64; ++i) feed(Outcome::fail);
    EXPECT_EQ(detector.verdict().state, State::down);
    EXPECT_FALSE(detector.verdict().unstable)
        << "that long a row of failures is no coming and going";
    for (int i = 0; i < policy.passes; ++i) feed(Outcome::pass);
    EXPECT_EQ(detector.verdict().state, State::up);
  }
}

TEST(DetectorProperties, RestAlwaysEndsWhatIsUnstable) {
  for (std::uint32_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const Policy policy = random_policy(random);
    const IntermittenceRule rule =
        intermittence_rule(policy.intermittent, policy.every, policy.failures);
    Detector detector(policy);
    Instant at{std::chrono::milliseconds{1'000'000}};
    const auto feed = [&](Outcome outcome) {
      at += std::chrono::seconds{30};
      detector.feed(plain(outcome, at));
    };
    for (int i = 0; i < 200; ++i) feed(random() % 3 == 0 ? Outcome::fail : Outcome::pass);
    for (int i = 0; i < std::max(20, rule.over) + policy.passes; ++i) feed(Outcome::pass);
    EXPECT_EQ(detector.verdict().state, State::up);
    EXPECT_FALSE(detector.verdict().unstable);
  }
}

TEST(DetectorProperties, ASingleUnknownBetweenTwoOthersChangesNothing) {
  for (std::uint32_t seed = 0; seed < 500; ++seed) {
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    const Policy policy = random_policy(random);
    Detector plain_one(policy);
    Detector interrupted(policy);
    Instant at{std::chrono::milliseconds{1'000'000}};
    for (int i = 0; i < 300; ++i, at += std::chrono::seconds{30}) {
      const Sample sample = random_sample(random, at, {5, 1, 2, 0});
      if (plain_one.verdict().state != State::unknown && random() % 3 == 0) {
        interrupted.feed({Outcome::unknown, Reason::agent_late, "", at - Duration{1}});
      }
      const Step expected = plain_one.feed(sample);
      const Step step = interrupted.feed(sample);
      ASSERT_EQ(plain_one.verdict(), interrupted.verdict());
      ASSERT_EQ(expected.changed, step.changed);
      ASSERT_EQ(expected.confirm, step.confirm);
    }
  }
}

TEST(DetectorProperties, RestoredVerdictComesThroughAnyNumberOfUnknowns) {
  for (const State state : {State::up, State::degraded, State::down}) {
    const bool failing = state != State::up;
    const Verdict restored{state, Instant{Duration{5}}, Instant{Duration{7}},
                           failing ? std::optional{Reason::timeout} : std::nullopt, ""};
    Detector detector({}, restored);
    for (int i = 0; i < 100; ++i) {
      detector.feed({Outcome::unknown, Reason::agent_late, "", Instant{Duration{100 + i}}});
      EXPECT_EQ(detector.verdict().state, i == 0 ? state : State::unknown);
    }
    detector.feed(plain(failing ? Outcome::fail : Outcome::pass, Instant{Duration{300'000}}));
    EXPECT_EQ(detector.verdict().state, state);
    EXPECT_EQ(detector.verdict().since, failing ? restored.since : Instant{Duration{300'000}})
        << "it was not seen to be up meanwhile; an outage is taken to have gone on";
  }
}

}  // namespace
}  // namespace vedette::detect
