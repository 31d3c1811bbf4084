// SPDX-License-Identifier: Apache-2.0
// How soon an outage is found, and how often there is none: Vedette's detector beside three that
// its peers use, on the same runs of one check, in virtual time.
//
// A month of runs every 30 s in which a few fail by themselves is played many times for the false
// alarms; then outages of several kinds, each from a fresh start within noise, for the delays. Each
// peer's parameter is the smallest with which it has no more false alarms than Vedette.
#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <vector>

#include <fmt/core.h>

#include "agent/detect/detector.h"
#include "tests/bench/baselines.h"

namespace vedette::bench {
namespace {

constexpr std::int64_t every = 30'000;  // ms
constexpr int runs_of_a_month = 30 * 24 * 120;
constexpr int months = 200;
constexpr int outages = 4'000;
constexpr int longest_outage = 240;  // runs: two hours; not found by then is missed

class Vedette : public Judge {
 public:
  Vedette(int failures, int of) {
    policy_.failures = failures;
    policy_.of = of;
    policy_.every = Duration(every);
    detector_ = std::make_unique<detect::Detector>(policy_);
  }
  bool feed(bool failed, Instant at) override {
    detect::Sample sample{
        .outcome = failed ? Outcome::fail : Outcome::pass, .reason = std::nullopt, .at = at};
    if (failed) sample.reason = Reason::connect_refused;
    confirm_ = detector_->feed(sample).confirm;
    return detector_->verdict().state == detect::State::down;
  }
  std::optional<Duration> again() const override {
    return confirm_ ? std::optional(policy_.confirm_after) : std::nullopt;
  }

 private:
  detect::Policy policy_;
  std::unique_ptr<detect::Detector> detector_;
  bool confirm_ = false;
};

using Make = std::function<std::unique_ptr<Judge>()>;

Instant instant(std::int64_t at) {
  return Instant(Duration(at));
}

std::int64_t pause(const Judge& judge) {
  return judge.again().value_or(Duration(every)).count();
}

double false_alarms_a_month(const Make& make, double noise) {
  std::mt19937_64 random(1);
  std::bernoulli_distribution fails(noise);
  int alarms = 0;
  for (int month = 0; month < months; ++month) {
    const auto judge = make();
    bool down = false;
    std::int64_t at = 0;
    while (at < static_cast<std::int64_t>(runs_of_a_month) * every) {
      const bool now = judge->feed(fails(random), instant(at));
      alarms += now && !down;
      down = now;
      at += pause(*judge);
    }
  }
  return static_cast<double>(alarms) / months;
}

struct Delays {
  double median = 0, p95 = 0, missed = 0;
};

// Of outages in which this share of the runs fails, beginning anywhere between two runs.
Delays delays(const Make& make, double share, double noise) {
  std::mt19937_64 random(2);
  std::bernoulli_distribution before(noise), during(share);
  std::uniform_int_distribution<std::int64_t> phase(0, every - 1);
  std::vector<double> found;
  int missed = 0;
  for (int i = 0; i < outages; ++i) {
    const auto judge = make();
    std::int64_t at = 0;
    bool down = false;
    for (int run = 0; run < 60; ++run, at += pause(*judge))
      down = judge->feed(before(random), instant(at));
    const std::int64_t began = at - phase(random);
    const std::int64_t end = began + longest_outage * every;
    down = false;
    while (!down && at < end) {
      down = judge->feed(during(random), instant(at));
      if (!down) at += pause(*judge);
    }
    down ? found.push_back(static_cast<double>(at - began) / 1000) : void(++missed);
  }
  std::ranges::sort(found);
  if (found.empty()) return {0, 0, 1};
  return {found[found.size() / 2], found[found.size() * 95 / 100],
          static_cast<double>(missed) / outages};
}

struct Tuned {
  std::string name;
  Make make;
  double alarms = 0;
};

using Family = std::function<Tuned(int)>;

// The quickest of a family that has no more false alarms than allowed.
Tuned tuned(const Family& family, double allowed, double noise) {
  for (int parameter = 1;; ++parameter) {
    Tuned one = family(parameter);
    one.alarms = false_alarms_a_month(one.make, noise);
    if (one.alarms <= allowed || parameter >= 20) return one;
  }
}

Tuned consecutive(int n) {
  return {fmt::format("{} consecutive failures", n), [n] { return std::make_unique<KOfN>(n, n); },
          0};
}

Tuned k_of_n(int k) {
  return {fmt::format("{} of the last {}", k, 2 * k),
          [k] { return std::make_unique<KOfN>(k, 2 * k); }, 0};
}

Tuned pending(int minutes) {
  return {fmt::format("failing for {} min", minutes),
          [minutes] { return std::make_unique<For>(Duration(minutes * 60'000)); }, 0};
}

// From quick to careful: 2 of 3 (the default), 2 of 2, 3 of 4, 3 of 3, 4 of 5 ...
Tuned vedette(int step) {
  const int failures = 2 + (step - 1) / 2;
  const int of = failures + step % 2;
  const auto name = step == 1 ? std::string("Vedette, defaults")
                              : fmt::format("Vedette, failures: {}, of: {}", failures, of);
  return {name, [=] { return std::make_unique<Vedette>(failures, of); }, 0};
}

void print(const Tuned& one, double noise) {
  constexpr double shares[] = {1, 0.5, 0.25, 0.1};
  fmt::print("| {} | {:.2f} |", one.name, one.alarms);
  for (const double share : shares) {
    const Delays d = delays(one.make, share, noise);
    fmt::print(" {:.0f} / {:.0f} s{} |", d.median, d.p95,
               d.missed > 0.005 ? fmt::format(", {:.0f} % missed", d.missed * 100) : "");
  }
  fmt::print("\n");
}

// Each of the others as quick as it can be without more false alarms than Vedette's defaults, and
// Vedette as quick as it can be without more than that: to tell a false alarm from luck, 5 % and
// one alarm more are allowed.
void compare(double noise) {
  auto defaults = vedette(1);
  defaults.alarms = false_alarms_a_month(defaults.make, noise);
  fmt::print(
      "\n| {:g} % of the runs fail by themselves | false alarms a month | all fail | half "
      "fails | a quarter | a tenth |\n|---|---|---|---|---|---|\n",
      noise * 100);
  print(defaults, noise);
  for (const Family& family : {Family(consecutive), Family(k_of_n), Family(pending)}) {
    const auto other = tuned(family, std::max(defaults.alarms, 1.0 / months), noise);
    print(other, noise);
    print(tuned(vedette, 1.05 * other.alarms + 1.0 / months, noise), noise);
  }
}

}  // namespace
}  // namespace vedette::bench

int main() {
  // A check that fails by itself once in two hours on average, and one that does once in eight.
  vedette::bench::compare(0.005);
  vedette::bench::compare(0.001);
}
