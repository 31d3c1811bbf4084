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

namespace vedette::bench {
namespace {

constexpr std::int64_t every = 30'000;  // ms
constexpr int runs_of_a_month = 30 * 24 * 120;
constexpr int months = 200;
constexpr int outages = 4'000;
constexpr int longest_outage = 240;  // runs: two hours; not found by then is missed

// Judges one run after the other; true while it says "down". `again` is after how many
// milliseconds it wants the next one.
class Judge {
 public:
  virtual ~Judge() = default;
  virtual bool feed(bool failed, std::int64_t at) = 0;
  virtual std::int64_t again() const { return every; }
};

class Vedette : public Judge {
 public:
  Vedette() {
    policy_.every = Duration(every);
    detector_ = std::make_unique<detect::Detector>(policy_);
  }
  bool feed(bool failed, std::int64_t at) override {
    detect::Sample sample{.outcome = failed ? Outcome::fail : Outcome::pass,
                          .reason = std::nullopt,
                          .at = Instant(Duration(at))};
    if (failed) sample.reason = Reason::connect_refused;
    confirm_ = detector_->feed(sample).confirm;
    return detector_->verdict().state == detect::State::down;
  }
  std::int64_t again() const override { return confirm_ ? policy_.confirm_after.count() : every; }

 private:
  detect::Policy policy_;
  std::unique_ptr<detect::Detector> detector_;
  bool confirm_ = false;
};

// `need` of the last `of` runs failed. With need == of: consecutive failures.
class KOfN : public Judge {
 public:
  KOfN(int need, int of) : need_(need), of_(static_cast<std::size_t>(of)) {}
  bool feed(bool failed, std::int64_t) override {
    seen_.push_back(failed);
    if (seen_.size() > of_) seen_.erase(seen_.begin());
    return std::ranges::count(seen_, true) >= need_;
  }

 private:
  int need_;
  std::size_t of_;
  std::vector<bool> seen_;
};

// As an alerting rule with `for`: the newest sample says "failed" at each evaluation for so long.
class For : public Judge {
 public:
  explicit For(int minutes) : pending_(minutes * 60'000) {}
  bool feed(bool failed, std::int64_t at) override {
    if (!failed) {
      since_ = -1;
      return false;
    }
    if (since_ < 0) since_ = at;
    return at - since_ >= pending_;
  }

 private:
  std::int64_t pending_;
  std::int64_t since_ = -1;
};

using Make = std::function<std::unique_ptr<Judge>()>;

double false_alarms_a_month(const Make& make, double noise) {
  std::mt19937_64 random(1);
  std::bernoulli_distribution fails(noise);
  int alarms = 0;
  for (int month = 0; month < months; ++month) {
    const auto judge = make();
    bool down = false;
    std::int64_t at = 0;
    while (at < static_cast<std::int64_t>(runs_of_a_month) * every) {
      const bool now = judge->feed(fails(random), at);
      alarms += now && !down;
      down = now;
      at += judge->again();
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
    for (int run = 0; run < 60; ++run, at += judge->again()) down = judge->feed(before(random), at);
    const std::int64_t began = at - phase(random);
    const std::int64_t end = began + longest_outage * every;
    down = false;
    while (!down && at < end) {
      down = judge->feed(during(random), at);
      if (!down) at += judge->again();
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

// The quickest of a family that has no more false alarms than allowed.
Tuned tuned(const std::function<Tuned(int)>& family, double allowed, double noise) {
  for (int parameter = 1;; ++parameter) {
    Tuned one = family(parameter);
    one.alarms = false_alarms_a_month(one.make, noise);
    if (one.alarms <= allowed || parameter >= 20) return one;
  }
}

void compare(double noise) {
  std::vector<Tuned> all{{"Vedette, defaults", [] { return std::make_unique<Vedette>(); }, 0}};
  all[0].alarms = false_alarms_a_month(all[0].make, noise);
  const double allowed = std::max(all[0].alarms, 1.0 / months);
  all.push_back(tuned(
      [](int n) {
        return Tuned{fmt::format("{} consecutive failures", n),
                     [n] { return std::make_unique<KOfN>(n, n); }, 0};
      },
      allowed, noise));
  all.push_back(tuned(
      [](int k) {
        return Tuned{fmt::format("{} of the last {}", k, 2 * k),
                     [k] { return std::make_unique<KOfN>(k, 2 * k); }, 0};
      },
      allowed, noise));
  all.push_back(tuned(
      [](int minutes) {
        return Tuned{fmt::format("failing for {} min", minutes),
                     [minutes] { return std::make_unique<For>(minutes); }, 0};
      },
      allowed, noise));
  constexpr double shares[] = {1, 0.5, 0.25, 0.1};
  fmt::print("\n{:g} % of the runs fail while all is well\n\n", noise * 100);
  fmt::print("| detector | false alarms a month | all fail | half fails | a quarter | a tenth |\n");
  fmt::print("|---|---|---|---|---|---|\n");
  for (const Tuned& one : all) {
    fmt::print("| {} | {:.3f} |", one.name, one.alarms);
    for (const double share : shares) {
      const Delays d = delays(one.make, share, noise);
      fmt::print(" {:.0f} / {:.0f} s{} |", d.median, d.p95,
                 d.missed > 0.0005 ? fmt::format(", {:.0f} % missed", d.missed * 100) : "");
    }
    fmt::print("\n");
  }
}

}  // namespace
}  // namespace vedette::bench

int main() {
  // A check that fails by itself once in two hours on average, and one that does once in eight.
  vedette::bench::compare(0.005);
  vedette::bench::compare(0.001);
}
