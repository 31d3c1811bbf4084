// SPDX-License-Identifier: Apache-2.0
// Runs checks through the real fleet (schedule, probe, expectations, detection, metrics) for some
// seconds and prints, as one line of JSON, what they cost.
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

using Totals = std::vector<long>;  // microseconds; of the one shard's thread until it has ended

// Keeps how long the runs of a probe took.
class Timed : public Probe {
 public:
  Timed(std::shared_ptr<const Probe> inner, std::shared_ptr<Totals> totals)
      : inner_(std::move(inner)), totals_(std::move(totals)) {}

  Awaitable<Result> run(RunInput input) const override {
    auto result = co_await inner_->run(std::move(input));
    totals_->push_back(result.duration.count());
    co_return result;
  }

 private:
  std::shared_ptr<const Probe> inner_;
  std::shared_ptr<Totals> totals_;
};

long passes(const app::Fleet& fleet) {
  long sum = 0;
  for (const auto& check : *fleet.series()) sum += check->passes();
  return sum;
}

long troubles(const app::Fleet& fleet) {
  long sum = 0;
  for (const auto& check : *fleet.series()) {
    for (const auto& hour : check->recent().last_day(wall_now()))
      sum += hour.degraded + hour.failed + hour.unknown;
  }
  return sum;
}

int bench(const Words& words) {
  config::Problems problems;
  const auto loaded = settings::load(words.config, problems);
  if (!loaded) {
    fmt::print(stderr, "{}", problems.text());
    return 2;
  }
  auto settings = *loaded;
  const auto totals = std::make_shared<Totals>();
  const auto originals = std::exchange(settings.checks, {});
  for (int i = 0; i < words.copies; ++i) {
    auto check = originals.at(static_cast<std::size_t>(i) % originals.size());
    if (words.totals) check.probe = std::make_shared<Timed>(check.probe, totals);
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
  const long passed = passes(fleet);
  const auto began = Steady::now();
  std::this_thread::sleep_for(std::chrono::duration<double>(words.seconds));
  const auto used = cpu_seconds() - cpu;
  const auto runs = passes(fleet) - passed;
  const auto wall = std::chrono::duration<double>(Steady::now() - began).count();
  fleet.shut_down();
  const long failed = troubles(fleet);
  fmt::print(
      "{{\"runs\": {}, \"failed\": {}, \"cpu\": {:.6f}, \"wall\": {:.6f}, \"totals_us\": [{}]}}\n",
      runs, failed, used, wall, fmt::join(*totals, ","));
  return failed > 0 ? 1 : 0;
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
