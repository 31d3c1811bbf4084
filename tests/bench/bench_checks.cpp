// SPDX-License-Identifier: Apache-2.0
// Runs checks through the real fleet (schedule, probe, expectations, detection, metrics) for some
// seconds and prints, as one line of JSON, what they cost.
#include <atomic>
#include <fstream>
#include <thread>
#include <utility>

#include <CLI/CLI.hpp>
#include <boost/asio/io_context.hpp>
#include <fmt/core.h>
#include <fmt/ranges.h>
#include <sys/resource.h>

#include "agent/app/fleet.h"

namespace {

using namespace vedette;

struct Words {
  std::string config;
  double seconds = 2;
  int copies = 16;
  int every_ms = 1;
  bool totals = false;
};

double cpu_seconds() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

struct Counts {
  explicit Counts(bool keep_totals) : keep(keep_totals) {}

  std::atomic<long> passed = 0, failed = 0;
  const bool keep;
  std::vector<long> totals;  // of the one shard's thread until it has ended
};

// Counts the runs of a probe, and keeps how long they took when asked to.
class Counted : public Probe {
 public:
  Counted(std::shared_ptr<const Probe> inner, std::shared_ptr<Counts> counts)
      : inner_(std::move(inner)), counts_(std::move(counts)) {}

  Awaitable<Result> run(RunInput input) const override {
    auto result = co_await inner_->run(std::move(input));
    const bool passed = result.outcome == Outcome::pass;
    (passed ? counts_->passed : counts_->failed).fetch_add(1, std::memory_order_relaxed);
    if (!passed && counts_->failed == 1) fmt::print(stderr, "bench_checks: {}\n", result.message);
    if (counts_->keep) counts_->totals.push_back(result.duration.count());
    co_return result;
  }

 private:
  std::shared_ptr<const Probe> inner_;
  std::shared_ptr<Counts> counts_;
};

int bench(const Words& words) {
  config::Problems problems;
  const auto loaded = settings::load(words.config, problems);
  if (!loaded) {
    fmt::print(stderr, "{}", problems.text());
    return 2;
  }
  auto settings = *loaded;
  const auto counts = std::make_shared<Counts>(words.totals);
  const auto originals = std::exchange(settings.checks, {});
  for (int i = 0; i < words.copies; ++i) {
    auto check = originals.at(static_cast<std::size_t>(i) % originals.size());
    check.probe = std::make_shared<Counted>(check.probe, counts);
    check.every = Duration(words.every_ms);
    check.name = fmt::format("copy-{}", i);
    settings.checks.push_back(check);
  }
  settings.agent.shards = 1;
  auto lateness = std::make_shared<metrics::LatenessHistogram>(metrics::lateness_buckets);
  boost::asio::io_context core;  // never run: nobody asks for the votes
  app::Fleet fleet(settings.agent, {lateness, std::make_shared<TlsCounts>()}, core.get_executor(),
                   app::FleetNews{[](incident::Vote) {}, [](store::Memory) {}});
  fleet.apply(settings, [](const std::string&) { return nullptr; });
  std::this_thread::sleep_for(
      std::chrono::milliseconds(300));  // the first handshakes, verified without the memo
  const auto cpu = cpu_seconds();
  const long passed = counts->passed;
  const auto began = Steady::now();
  std::this_thread::sleep_for(std::chrono::duration<double>(words.seconds));
  const auto used = cpu_seconds() - cpu;
  const auto runs = counts->passed - passed;
  const auto wall = std::chrono::duration<double>(Steady::now() - began).count();
  fleet.shut_down();
  fmt::print(
      "{{\"runs\": {}, \"failed\": {}, \"cpu\": {:.6f}, \"wall\": {:.6f}, \"totals_us\": [{}]}}\n",
      runs, counts->failed.load(), used, wall, fmt::join(counts->totals, ","));
  return counts->failed > 0 ? 1 : 0;
}

}  // namespace

int main(int argc, char** argv) {
  Words words;
  CLI::App app{"Runs copies of the checks of CONFIG in turn and tells what they cost",
               "bench_checks"};
  app.add_option("CONFIG", words.config)->required();
  app.add_option("--seconds", words.seconds);
  app.add_option("--copies", words.copies);
  app.add_option("--every-ms", words.every_ms);
  app.add_flag("--totals", words.totals);
  CLI11_PARSE(app, argc, argv);
  return bench(words);
}
