// SPDX-License-Identifier: Apache-2.0
// Thousands of outages: the detectors and decide() of one group in memory, without a store, in
// virtual time. One to three components fail together or overlapping, each in its own way, among
// runs that fail by themselves and runs that are lost.
//
// An outage is found when the open incident says that its component fails; after its end it has two
// minutes for that. False: an incident opened while no outage is going on. Doubled: opened while
// one goes on that an earlier incident told of. Ended early: resolved while all runs of a component
// fail. Left open: not resolved half an hour to an hour after the last outage of its time.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <future>
#include <iterator>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>

#include "agent/detect/detector.h"
#include "agent/incident/decide.h"
#include "tests/bench/quantile.h"

namespace vedette::bench {
namespace {

using namespace std::chrono_literals;

constexpr int components = 3;
constexpr int checks = 2;
constexpr std::array regions{"eu-west", "us-east"};
constexpr Duration every = 30s, look_every = 2min, grace = 2min, time_to_end = 30min;
constexpr double fails_by_itself = 0.001, is_lost = 0.005;

enum class Kind { whole, one_check, one_region, now_and_then, slow, flapping };
constexpr std::array kinds{Kind::whole,        Kind::whole, Kind::one_check, Kind::one_region,
                           Kind::now_and_then, Kind::slow,  Kind::flapping};

struct Outage {
  int component = 0;
  Kind kind{};
  Instant from{}, until{};
  std::optional<Instant> found{};

  bool goes_on(Instant at) const { return at >= from && at < until; }
};

struct Watched {
  int component, check;
  std::size_t region;
  detect::Detector detector;
  Instant next;
};

struct Score {
  long runs = 0, decisions = 0;
  int outages = 0, missed = 0, incidents = 0, unfounded = 0, doubled = 0, ended_early = 0,
      left_open = 0;
  std::vector<double> delays;  // seconds
};

std::string name_of(int component) {
  return fmt::format("shop-{}", component);
}

class World {
 public:
  World(unsigned seed, Score& score) : random_(seed), score_(score) {
    situation_.group = "shop";
    detect::Policy policy;
    policy.every = every;
    confirm_after_ = policy.confirm_after;
    for (int component = 0; component < components; ++component) {
      incident::Component one;
      one.id = one.name = name_of(component);
      one.group = situation_.group;
      situation_.components.push_back(one);
      for (int check = 0; check < checks; ++check) {
        for (std::size_t region = 0; region < regions.size(); ++region)
          watched_.push_back(
              {component, check, region, detect::Detector(policy), now_ + upto(every)});
      }
    }
  }

  void live_through(int times) {
    for (int i = 0; i < times; ++i) {
      outages_ = some_outages();
      Instant last = now_;
      for (const Outage& outage : outages_) last = std::max(last, outage.until);
      run_until(last + time_to_end);
      if (situation_.open) run_until(now_ + time_to_end);  // of one that noise has just opened
      count();
    }
  }

 private:
  double chance() { return std::uniform_real_distribution(0.0, 1.0)(random_); }
  Kind kind() {
    return kinds[static_cast<std::size_t>(pick(0, static_cast<int>(kinds.size()) - 1))];
  }
  int pick(int from, int to) { return std::uniform_int_distribution(from, to)(random_); }
  Duration upto(Duration most) { return Duration(pick(1, static_cast<int>(most.count()))); }

  // One to three, each of another component, that begin within five minutes of each other.
  std::vector<Outage> some_outages() {
    std::vector<Outage> all;
    const Instant begin = now_ + 5min + upto(10min);
    const int first = pick(0, components - 1);
    for (int i = 0, count = pick(1, components); i < count; ++i) {
      Outage one{(first + i) % components, kind(), begin, {}};
      if (i > 0) one.from += upto(5min);
      one.until = one.from + 5min + upto(30min);
      all.push_back(one);
    }
    return all;
  }

  void run_until(Instant end) {
    for (;;) {
      const auto next = std::ranges::min_element(watched_, {}, &Watched::next);
      if (std::min(next->next, next_look_) >= end) break;
      if (next_look_ < next->next) {
        now_ = next_look_;
        next_look_ = now_ + look_every;
        if (situation_.open) decide();
      } else {
        now_ = next->next;
        run(*next);
      }
    }
    now_ = end;
  }

  void run(Watched& watched) {
    ++score_.runs;
    const Outcome outcome = found_by(watched);
    detect::Sample sample{.outcome = outcome, .reason = std::nullopt, .at = now_};
    if (outcome == Outcome::fail) sample.reason = Reason::connect_refused;
    if (outcome == Outcome::degraded) sample.reason = Reason::expectation_failed;
    if (outcome == Outcome::unknown) sample.reason = Reason::agent_late;
    const detect::Step step = watched.detector.feed(sample);
    watched.next = now_ + (step.confirm ? confirm_after_ : every);
    if (!step.changed) return;
    vote(watched);
    decide();
  }

  Outcome found_by(const Watched& watched) {
    const double fate = chance();
    if (fate < is_lost) return Outcome::unknown;
    for (const Outage& outage : outages_) {
      if (outage.component == watched.component && outage.goes_on(now_))
        return struck(outage, watched);
    }
    return fate < is_lost + fails_by_itself ? Outcome::fail : Outcome::pass;
  }

  Outcome struck(const Outage& outage, const Watched& watched) {
    const auto fails = [](bool does) { return does ? Outcome::fail : Outcome::pass; };
    switch (outage.kind) {
      case Kind::whole:
        return Outcome::fail;
      case Kind::one_check:
        return fails(watched.check == 0);
      case Kind::one_region:
        return fails(watched.region == 0);
      case Kind::now_and_then:
        return fails(chance() < 0.5);
      case Kind::slow:
        return Outcome::degraded;
      case Kind::flapping:
        return fails((now_ - outage.from) % 6min < 4min);
    }
    return Outcome::pass;
  }

  void vote(const Watched& watched) {
    incident::Vote vote;
    vote.component = name_of(watched.component);
    vote.check = fmt::format("{}-{}", vote.component, watched.check);
    vote.region = regions.at(watched.region);
    vote.probe = "http";
    vote.verdict = watched.detector.verdict();
    const auto same = [&](const incident::Vote& other) {
      return other.check == vote.check && other.region == vote.region;
    };
    const auto known = std::ranges::find_if(situation_.votes, same);
    known == situation_.votes.end() ? situation_.votes.push_back(vote) : void(*known = vote);
  }

  void decide() {
    ++score_.decisions;
    auto next = incident::decide(situation_, policy_, now_);
    if (!next) return;
    if (!situation_.open) note_opened(*next);
    note_found(*next);
    if (next->is_open()) {
      situation_.open = std::move(next);
      return;
    }
    const auto fails_wholly = [&](const Outage& one) {
      return one.kind == Kind::whole && one.found && one.goes_on(now_);
    };
    score_.ended_early += std::ranges::any_of(outages_, fails_wholly) ? 1 : 0;
    situation_.last_resolved = std::move(next);
    situation_.open.reset();
  }

  void note_opened(const incident::Incident& incident) {
    const auto& last = situation_.last_resolved;
    if (last && last->id == incident.id) return;  // it goes on
    ++score_.incidents;
    const bool founded = std::ranges::any_of(outages_, [&](const Outage& outage) {
      return now_ >= outage.from && now_ <= outage.until + grace;
    });
    score_.unfounded += founded ? 0 : 1;
    const bool told = std::ranges::any_of(
        outages_, [&](const Outage& outage) { return outage.found && outage.goes_on(now_); });
    score_.doubled += told ? 1 : 0;
  }

  void note_found(const incident::Incident& incident) {
    for (Outage& outage : outages_) {
      if (outage.found || now_ < outage.from || now_ > outage.until + grace) continue;
      const auto fails = [&](const incident::IncidentComponent& one) {
        return one.component == name_of(outage.component) &&
               one.status != incident::ComponentStatus::operational;
      };
      if (std::ranges::any_of(incident.components, fails)) outage.found = now_;
    }
  }

  void count() {
    score_.left_open += situation_.open ? 1 : 0;
    for (const Outage& outage : outages_) {
      ++score_.outages;
      outage.found ? score_.delays.push_back(
                         std::chrono::duration<double>(*outage.found - outage.from).count())
                   : void(++score_.missed);
    }
  }

  std::mt19937_64 random_;
  Score& score_;
  incident::Situation situation_;
  incident::Policy policy_;
  Duration confirm_after_{};
  std::vector<Watched> watched_;
  std::vector<Outage> outages_;
  Instant now_{std::chrono::sys_days{std::chrono::year{2026} / 11 / 8}};
  Instant next_look_ = now_;
};

// Every n-th world, from the first one on.
Score play(unsigned first, unsigned worlds, unsigned n) {
  Score score;
  for (unsigned world = first; world < worlds; world += n) World(world, score).live_through(100);
  return score;
}

void add(Score& sum, const Score& part) {
  sum.runs += part.runs;
  sum.decisions += part.decisions;
  sum.outages += part.outages;
  sum.missed += part.missed;
  sum.incidents += part.incidents;
  sum.unfounded += part.unfounded;
  sum.doubled += part.doubled;
  sum.ended_early += part.ended_early;
  sum.left_open += part.left_open;
  std::ranges::copy(part.delays, std::back_inserter(sum.delays));
}

Score play_on_all_cores(unsigned worlds) {
  const unsigned cores = std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::future<Score>> parts;
  for (unsigned core = 0; core < cores; ++core)
    parts.push_back(std::async(std::launch::async, play, core, worlds, cores));
  Score sum;
  for (auto& part : parts) add(sum, part.get());
  return sum;
}

void report(unsigned worlds) {
  const auto began = std::chrono::steady_clock::now();
  Score score = play_on_all_cores(worlds);
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  fmt::print("{} outages in {} incidents, {} runs, {} decisions: {:.0f} outages a second\n",
             score.outages, score.incidents, score.runs, score.decisions,
             score.outages / took.count());
  fmt::print(
      "delay {:.0f} s median, {:.0f} s at 95 %; {:.2f} % missed; {} false, {} doubled, {} ended "
      "early, {} left open\n",
      quantile(score.delays, 0.5), quantile(score.delays, 0.95),
      100.0 * score.missed / score.outages, score.unfounded, score.doubled, score.ended_early,
      score.left_open);
}

}  // namespace
}  // namespace vedette::bench

int main(int argc, char** argv) {
  vedette::bench::report(argc > 1 ? static_cast<unsigned>(std::atoi(argv[1])) : 100);
}
