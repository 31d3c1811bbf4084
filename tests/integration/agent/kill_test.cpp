// SPDX-License-Identifier: Apache-2.0
// kill -9 at a hundred random instants while incidents open and resolve.
#include <map>
#include <random>
#include <set>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/integration/agent/agent_fixture.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

using namespace std::chrono_literals;

constexpr int kills = 100;

void expect_sound(const incident::Incident& incident) {
  SCOPED_TRACE(incident.id);
  ASSERT_FALSE(incident.updates.empty());
  for (std::size_t i = 0; i < incident.updates.size(); ++i) {
    EXPECT_EQ(incident.updates[i].sequence, static_cast<int>(i) + 1)
        << "a hole or a double in the timeline";
    const auto before = i == 0 ? incident.updates[0].at : incident.updates[i - 1].at;
    EXPECT_GE(incident.updates[i].at, before);
  }
  EXPECT_LE(incident.impact_began, incident.detected);
  EXPECT_LE(incident.detected, incident.opened);
}

// Every incident once, one open at most, whole timelines; and nothing that was told is ever taken
// back.
void expect_sound(const store::Snapshot& now, std::map<std::string, std::size_t>& updates_seen) {
  std::set<std::string> ids;
  int open = 0;
  for (const auto& incident : now.incidents) {
    EXPECT_TRUE(ids.insert(incident.id).second) << incident.id << " stands twice";
    open += incident.is_open() ? 1 : 0;
    expect_sound(incident);
    EXPECT_GE(incident.updates.size(), updates_seen[incident.id]);
    updates_seen[incident.id] = incident.updates.size();
  }
  EXPECT_LE(open, 1);
}

TEST(Kill, AtAHundredRandomInstantsLosesAndDoublesNoIncident) {
  TempDir dir;
  Shop shop;
  ConfigText config;
  config.store = (dir / "vedette.db").string();
  // Incidents shall come and go as the shop does, and not be held together.
  config.checks =
      quick_check("shop-page", "shop", shop.url(), ", intermittent: none, flapping: none");
  config.resolve_after = "100ms";
  const auto path = dir.write("vedette.yaml", config.text());

  const auto seed = std::random_device{}();
  SCOPED_TRACE(seed);
  std::mt19937 random(seed);
  std::uniform_int_distribution<int> life(0, 600), phase(50, 400);
  std::map<std::string, std::size_t> updates_seen;
  std::atomic<bool> over = false;
  // The shop breaks and heals by itself, so that the kills meet every stage of an incident.
  std::thread weather([&, weather_seed = random()] {
    std::mt19937 dice(static_cast<std::mt19937::result_type>(weather_seed));
    bool broken = false;
    while (!over) {
      (broken = !broken) ? shop.break_it() : shop.heal();
      std::this_thread::sleep_for(std::chrono::milliseconds(phase(dice)));
    }
  });
  for (int i = 0; i < kills; ++i) {
    {
      RunningAgent agent(path, dir / fmt::format("log-{}", i));
      std::this_thread::sleep_for(std::chrono::milliseconds(life(random)));
      agent.process().kill();
    }
    expect_sound(read_store(dir / "vedette.db"), updates_seen);
  }
  over = true;
  weather.join();

  EXPECT_GT(updates_seen.size(), 3U)
      << "incidents must have come and gone for this test to mean anything";
  shop.heal();
  RunningAgent agent(path, dir / "log-after");
  EXPECT_TRUE(agent.wait_for_status("resolved")) << "what was cut off is finished";
  agent.process().terminate();
  expect_sound(read_store(dir / "vedette.db"), updates_seen);
}

}  // namespace
}  // namespace vedette::test
