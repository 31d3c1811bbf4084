// SPDX-License-Identifier: Apache-2.0
// Limits hold although variants of a flow start at once and the journal takes its time.
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gmock/gmock.h>

#include "probes/flow/limits.h"
#include "tests/unit/flow/samples.h"

namespace vedette::flow {
namespace {

namespace asio = boost::asio;

// Answers a turn of the loop later, as a store on another thread does; knows of no run before.
class SlowJournal final : public Journal {
 public:
  Awaitable<Told<void>> note(Entry) override { co_return Told<void>(); }
  void learned(const std::string&, std::string) override {}
  void attempted(Entry) override {}
  void settled(const std::string&) override {}
  Awaitable<Told<std::vector<Entry>>> pending(std::string) override {
    co_return std::vector<Entry>();
  }
  Awaitable<Told<void>> spend(std::string, Spent) override {
    co_await asio::post(asio::use_awaitable);
    co_return Told<void>();
  }
  Awaitable<Told<std::vector<Spent>>> spent(std::string, Instant) override {
    co_await asio::post(asio::use_awaitable);
    co_return std::vector<Spent>();
  }
};

Awaitable<void> ask(Usage& usage, const Settings& settings, std::string run, Journal& journal,
                    int& admitted) {
  const auto refusal = co_await usage.admit(settings, "payment", std::move(run), &journal);
  admitted += refusal ? 0 : 1;
}

TEST(Usage, RunsThatBeginTogetherAreAllCounted) {
  const auto settings =
      test::settings_of("{limits: {runs_per_hour: 2}, steps: [{name: a, pause: 1s}]}");
  asio::io_context loop;
  SlowJournal journal;
  Usage usage;
  int admitted = 0;
  const auto rethrow = [](std::exception_ptr error) {
    if (error) std::rethrow_exception(error);
  };
  for (const char* run : {"a", "b", "c", "d"})
    asio::co_spawn(loop, ask(usage, settings, run, journal, admitted), rethrow);
  loop.run();
  EXPECT_EQ(admitted, 2);
}

}  // namespace
}  // namespace vedette::flow
