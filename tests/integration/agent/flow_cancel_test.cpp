// SPDX-License-Identifier: Apache-2.0
// A run of a flow that is ended while it waits for the journal, on the real demo.
#include <functional>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <gtest/gtest.h>

#include "agent/flows/memory_journal.h"
#include "config/document.h"
#include "probes/flow/report.h"
#include "probes/flow/services.h"
#include "probes/flow/settings.h"
#include "probes/net/toolbox.h"
#include "probes/registry/registry.h"
#include "probes/task_group.h"
#include "tests/integration/agent/flow_fixture.h"
#include "tests/support/run_coroutine.h"

namespace vedette::test {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

// Silent from one note on, until nobody waits for an answer any more.
class SilentJournal final : public flow::Journal {
 public:
  int silent_from = 1000;

  Awaitable<flow::Told<void>> note(flow::Entry entry) override {
    if (++notes_ < silent_from) co_return co_await kept_.note(std::move(entry));
    asio::steady_timer silence(co_await asio::this_coro::executor, 1h);
    co_await silence.async_wait(asio::as_tuple(asio::use_awaitable));
    co_return std::unexpected("the store does not answer");
  }
  void learned(const std::string& id, std::string values) override { kept_.learned(id, values); }
  void attempted(flow::Entry entry) override { kept_.attempted(std::move(entry)); }
  void settled(const std::string& id) override { kept_.settled(id); }
  Awaitable<flow::Told<std::vector<flow::Entry>>> pending(std::string flow) override {
    return kept_.pending(std::move(flow));
  }
  Awaitable<flow::Told<void>> spend(std::string flow, flow::Spent spent) override {
    return kept_.spend(std::move(flow), std::move(spent));
  }
  Awaitable<flow::Told<std::vector<flow::Spent>>> spent(std::string flow, Instant since) override {
    return kept_.spent(std::move(flow), since);
  }

  int notes() const { return notes_; }
  std::size_t left() const { return kept_.left().size(); }

 private:
  flows::MemoryJournal kept_;
  int notes_ = 0;
};

Awaitable<void> run_until_ended(const Probe& probe, RunInput input) {
  co_await probe.run(std::move(input));
  ADD_FAILURE() << "the run came to an end of its own";
}

struct EndedFlow : FlowTest {
  void SetUp() override {
    config::Problems problems;
    const auto document = config::parse("checks:\n" + quick_payment(), "flow.yaml", problems);
    ASSERT_TRUE(document) << problems.text();
    const auto type = std::ranges::find(probe_types(), "flow", &ProbeType::name);
    probe = type->parse(*document->find("checks")->items[0].find("flow"), problems);
    ASSERT_TRUE(probe) << problems.text();
  }
  void start() { tasks.spawn(run_until_ended(*probe, {net, Deadline::in(60s), {}, 1, &services})); }
  bool goes_on_until(const std::function<bool()>& met) {
    const auto give_up = Steady::now() + 20s;
    while (!met() && Steady::now() < give_up) loop.run_for(5ms);
    return met();
  }
  void end() {
    loop.restart();
    run_coroutine(loop, tasks.stop());
  }

  std::unique_ptr<const Probe> probe;
  SilentJournal journal;
  flow::Services services{"payment", &journal, nullptr, {}};
  asio::io_context loop;
  net::Toolbox net{loop, {}};
  TaskGroup tasks{loop.get_executor(), [](std::exception_ptr) { ADD_FAILURE() << "escaped"; }};
};

TEST_F(EndedFlow, WhileItWaitsForTheJournalCleansUpWhatItHasDone) {
  journal.silent_from = 2;
  start();
  ASSERT_TRUE(goes_on_until([&] { return journal.notes() == 2; }));
  EXPECT_EQ(count("open_authorisations"), 1);
  end();
  expect_clean_ledger();
  EXPECT_EQ(journal.left(), 0U);
}

TEST_F(EndedFlow, WhileItCleansUpGoesOnCleaningForAMoment) {
  demo.turn("capture", "off");
  demo.turn("cancel", "off");
  bool cleaning = false;
  services.on_step = [&](const flow::StepReport& report) {
    cleaning = report.step->name == "capture";
  };
  start();
  ASSERT_TRUE(goes_on_until([&] { return cleaning; }));
  EXPECT_EQ(count("open_authorisations"), 1);
  demo.turn("cancel", "on");
  end();
  expect_clean_ledger();
  EXPECT_EQ(journal.left(), 0U);
}

}  // namespace
}  // namespace vedette::test
