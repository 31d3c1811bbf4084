// SPDX-License-Identifier: Apache-2.0
// What becomes of good settings, and that all problems are told in one go.
#include <stdexcept>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <unistd.h>

#include "agent/settings/settings.h"
#include "tests/support/temp_dir.h"
#include "tests/unit/settings/fake_types.h"

namespace vedette::settings {
namespace {

using namespace std::chrono_literals;
using test::TempDir;

constexpr auto small = R"(
components:
  - {id: shop, name: Shop}
checks:
  - {name: front, component: shop, http: {url: "http://127.0.0.1/"}}
)";

struct Loaded {
  std::shared_ptr<const Settings> settings;
  std::string problems;
};

Loaded load_path(const std::filesystem::path& path) {
  config::Problems problems;
  auto settings = load(path, fake_types(), problems);
  return {std::move(settings), problems.text()};
}

std::shared_ptr<const Settings> load_text(std::string_view text) {
  const TempDir folder;
  auto loaded = load_path(folder.write("vedette.yaml", text));
  if (!loaded.settings) throw std::runtime_error(loaded.problems);
  return loaded.settings;
}

TEST(Controls, MoreThanHalfOfThemMustAnswerUnlessTheySayOtherwise) {
  const auto needed = [](int targets, const std::string& more) {
    std::string list;
    for (int i = 0; i < targets; ++i) list += fmt::format("{{name: c{}, http: {{url: x}}}}, ", i);
    const auto agent = fmt::format("agent: {{controls: {{targets: [{}]{}}}}}{}", list, more, small);
    return load_text(agent)->agent.controls.needed;
  };
  EXPECT_EQ(needed(2, ""), 1U);
  EXPECT_EQ(needed(3, ""), 2U);
  EXPECT_EQ(needed(4, ""), 3U);
  EXPECT_EQ(needed(4, ", needed: 1"), 1U);
  EXPECT_THROW(needed(3, ", needed: 4"), std::runtime_error);
}

TEST(Settings, AfterAChangeAChecksPaceIsItsOwnOrThatOfTheDefaults) {
  const auto settings = load_text(R"(
defaults: {after_change: {every: 10s, for: 1m}}
components:
  - {id: shop, name: Shop}
checks:
  - {name: usual, component: shop, http: {url: x}}
  - {name: own, component: shop, after_change: {for: 2m}, http: {url: x}}
  - {name: none, component: shop, after_change: none, http: {url: x}}
)");
  const auto& checks = settings->checks;
  EXPECT_EQ(checks[0].after_change->every, Duration(10s));
  EXPECT_EQ(checks[0].after_change->lasting, Duration(1min));
  EXPECT_EQ(checks[1].after_change->every, Duration(10s));
  EXPECT_EQ(checks[1].after_change->lasting, Duration(2min));
  EXPECT_FALSE(checks[2].after_change);
  EXPECT_EQ(load_text(small)->checks[0].after_change->every, Duration(5s));
  EXPECT_EQ(load_text(small)->checks[0].after_change->lasting, Duration(5min));
}

TEST(Settings, WhatLeavesTracesRunsOnceAfterAChangeUnlessItSaysMore) {
  const TempDir folder;
  config::Problems problems;
  const auto settings = load(folder.write("vedette.yaml", R"(
defaults: {after_change: {every: 10s, for: 1m}}
components:
  - {id: shop, name: Shop}
checks:
  - name: once
    component: shop
    flow: {steps: [{name: a, http: {url: "http://127.0.0.1/"}}]}
  - name: more
    component: shop
    after_change: {for: 30s}
    flow: {steps: [{name: a, http: {url: "http://127.0.0.1/"}}]}
)"),
                             problems);
  ASSERT_TRUE(settings) << problems.text();
  EXPECT_EQ(settings->checks[0].after_change->lasting, Duration(0));
  EXPECT_EQ(settings->checks[1].after_change->lasting, Duration(30s));
}

TEST(Settings, OwnTextsAreTakenAndAHoleThatNothingFillsIsAProblem) {
  const auto with = [](const std::string& texts) {
    const TempDir folder;
    return load_path(
        folder.write("vedette.yaml", std::string(small) + "incidents: {texts: {" + texts + "}}\n"));
  };
  const auto good = with("opened: \"{components} fail. {text}\"");
  ASSERT_TRUE(good.settings) << good.problems;
  EXPECT_EQ(good.settings->incidents.texts.opened, "{components} fail. {text}");
  EXPECT_EQ(good.settings->incidents.texts.resolved, "");
  EXPECT_THAT(with("opened: \"{component}\"").problems,
              testing::HasSubstr("{component} is filled with nothing here; there is {components}, "
                                 "{text}"));
  EXPECT_THAT(with("open: x").problems, testing::HasSubstr("open"));
}

TEST(Settings, ASlowerPaceIsComparedOnlyWhereThatIsWanted) {
  EXPECT_FALSE(load_text(small)->checks[0].detect.slower.on);
  const auto settings = load_text(R"(
defaults: {detect: {slower_than_usual: {factor: 2}}}
components:
  - {id: shop, name: Shop}
checks:
  - {name: a, component: shop, http: {url: x}}
  - {name: b, component: shop, detect: {slower_than_usual: none}, http: {url: x}}
  - {name: c, component: shop, detect: {slower_than_usual: {days: 7}}, http: {url: x}}
)");
  EXPECT_TRUE(settings->checks[0].detect.slower.on);
  EXPECT_EQ(settings->checks[0].detect.slower.factor, 2);
  EXPECT_FALSE(settings->checks[1].detect.slower.on);
  EXPECT_EQ(settings->checks[2].detect.slower.factor, 2);
  EXPECT_EQ(settings->checks[2].detect.slower.days, 7);
}

TEST(Settings, WhatIsWatchedIsReadForTheProbeOfTheCheck) {
  const auto settings = load_text(R"(
components:
  - {id: shop, name: Shop}
checks:
  - name: a
    component: shop
    watch_for_changes: [certificate, {header: Server}, {json: $.version}]
    http: {url: x}
)");
  const auto& watched = settings->checks[0].watched;
  ASSERT_EQ(watched.size(), 3U);
  EXPECT_EQ(watched[0].what, "certificate");
  EXPECT_EQ(watched[2].what, "json $.version");
}

TEST(Settings, HaveTheDocumentedDefaults) {
  const auto settings = load_text(small);
  std::string host(256, '\0');
  ASSERT_EQ(::gethostname(host.data(), host.size()), 0);
  EXPECT_EQ(settings->agent.name, host.c_str());
  EXPECT_EQ(settings->agent.region, "default");
  EXPECT_EQ(settings->agent.listen, "127.0.0.1:9876");
  EXPECT_EQ(settings->agent.store, "sqlite:/var/lib/vedette/vedette.db");
  EXPECT_EQ(settings->agent.shards, 0);
  EXPECT_EQ(settings->agent.concurrent_runs, 256);
  EXPECT_EQ(settings->agent.public_url, "http://127.0.0.1:9876");
  EXPECT_TRUE(settings->agent.tokens.empty());
  EXPECT_EQ(settings->page.name, "Status");
  EXPECT_EQ(settings->incidents.resolve_after, Duration(2min));
  EXPECT_EQ(settings->incidents.reopen_within, Duration(15min));
  const auto& check = settings->checks.at(0);
  EXPECT_EQ(check.every, Duration(30s));
  EXPECT_EQ(check.timeout, Duration(5s));
  EXPECT_EQ(check.detect.failures, 2);
  EXPECT_EQ(check.detect.of, 3);
  EXPECT_EQ(check.detect.passes, 2);
  EXPECT_EQ(check.detect.confirm_after, Duration(3s));
  EXPECT_EQ(check.detect.degraded.results, 0) << "as failures";
  EXPECT_EQ(check.detect.degraded.of, 0);
  EXPECT_EQ(check.detect.degraded.passes, 0);
  EXPECT_TRUE(check.detect.intermittent.on);
  EXPECT_EQ(check.detect.intermittent.false_alarm_every, Duration(30 * 24h));
  EXPECT_EQ(check.detect.intermittent.normal_failures, 0.02);
  EXPECT_EQ(check.detect.intermittent.worth_knowing, 0.25);
  EXPECT_TRUE(check.detect.flapping.on);
  EXPECT_EQ(check.detect.flapping.start, 0.3);
  EXPECT_EQ(check.detect.flapping.stop, 0.2);
  EXPECT_EQ(check.detect.every, Duration(30s));
}

TEST(Settings, TakeEveryKeyOfTheirSections) {
  const auto settings = load_text(R"(
agent:
  name: probe-1
  region: eu-west
  listen: "[::1]:0"
  store: sqlite:build/v.db
  tokens: [{name: ops, value: 0123456789abcdef}]
  shards: 3
  concurrent_runs: 50
  public_url: https://status.example.com/sub/
page: {name: Example Status}
components:
  - id: shop
    name: Shop
    group: Front
    description: Pages that customers see.
  - {id: pay, name: Payments, depends_on: [shop]}
checks:
  - name: front
    component: shop
    every: 10s
    timeout: 2s
    detect:
      failures: 3
      of: 4
      passes: 5
      confirm_after: 1s
      degraded: {results: 4, of: 6, passes: 7}
      intermittent: {false_alarm_every: 90d, normal_failures: 0.5%, worth_knowing: 10%}
      flapping: {start: 50%, stop: 25%}
    http: {url: "http://127.0.0.1/"}
incidents: {resolve_after: 1m, reopen_within: 1h}
)");
  EXPECT_EQ(settings->agent.name, "probe-1");
  EXPECT_EQ(settings->agent.region, "eu-west");
  EXPECT_EQ(settings->agent.listen, "[::1]:0");
  EXPECT_EQ(settings->agent.store, "sqlite:build/v.db");
  ASSERT_EQ(settings->agent.tokens.size(), 1U);
  EXPECT_EQ(settings->agent.tokens[0].name, "ops");
  EXPECT_EQ(settings->agent.tokens[0].value, Secret("0123456789abcdef"));
  EXPECT_EQ(settings->agent.shards, 3);
  EXPECT_EQ(settings->agent.concurrent_runs, 50);
  EXPECT_EQ(settings->agent.public_url, "https://status.example.com/sub");
  EXPECT_EQ(settings->page.name, "Example Status");
  ASSERT_EQ(settings->components.size(), 2U);
  EXPECT_EQ(settings->components[0].id, "shop");
  EXPECT_EQ(settings->components[0].name, "Shop");
  EXPECT_EQ(settings->components[0].group, "Front");
  EXPECT_EQ(settings->components[0].description, "Pages that customers see.");
  EXPECT_THAT(settings->components[1].depends_on, testing::ElementsAre("shop"));
  const auto& check = settings->checks.at(0);
  EXPECT_EQ(check.name, "front");
  EXPECT_EQ(check.component, "shop");
  EXPECT_EQ(check.every, Duration(10s));
  EXPECT_EQ(check.timeout, Duration(2s));
  EXPECT_EQ(check.detect.failures, 3);
  EXPECT_EQ(check.detect.of, 4);
  EXPECT_EQ(check.detect.passes, 5);
  EXPECT_EQ(check.detect.confirm_after, Duration(1s));
  EXPECT_EQ(check.detect.degraded.results, 4);
  EXPECT_EQ(check.detect.degraded.of, 6);
  EXPECT_EQ(check.detect.degraded.passes, 7);
  EXPECT_EQ(check.detect.intermittent.false_alarm_every, Duration(90 * 24h));
  EXPECT_EQ(check.detect.intermittent.normal_failures, 0.005);
  EXPECT_EQ(check.detect.intermittent.worth_knowing, 0.1);
  EXPECT_EQ(check.detect.flapping.start, 0.5);
  EXPECT_EQ(check.detect.flapping.stop, 0.25);
  EXPECT_EQ(check.detect.every, Duration(10s));
  EXPECT_EQ(check.type, &fake_types()[0]);
  EXPECT_NE(check.probe, nullptr);
  EXPECT_EQ(settings->incidents.resolve_after, Duration(1min));
  EXPECT_EQ(settings->incidents.reopen_within, Duration(1h));
}

TEST(Settings, ChecksTakeFromTheDefaultsWhatTheyDoNotSay) {
  const auto settings = load_text(R"(
defaults: {every: 1m, timeout: 10s, detect: {failures: 3, of: 5}}
components: [{id: shop, name: Shop}]
checks:
  - {name: a, component: shop, http: {url: "http://127.0.0.1/"}}
  - {name: b, component: shop, every: 20s, detect: {of: 4}, dns: {url: x}}
)");
  const auto& a = settings->checks.at(0);
  EXPECT_EQ(a.every, Duration(1min));
  EXPECT_EQ(a.timeout, Duration(10s));
  EXPECT_EQ(a.detect.failures, 3);
  EXPECT_EQ(a.detect.of, 5);
  const auto& b = settings->checks.at(1);
  EXPECT_EQ(b.every, Duration(20s));
  EXPECT_EQ(b.timeout, Duration(10s));
  EXPECT_EQ(b.detect.failures, 3);
  EXPECT_EQ(b.detect.of, 4);
  EXPECT_EQ(b.detect.passes, 2);
  EXPECT_EQ(b.type->name, "dns");
}

TEST(Settings, ChecksCanDoWithoutARuleAndTakeItUpAgain) {
  const auto settings = load_text(R"(
defaults: {detect: {intermittent: none, flapping: none, degraded: {passes: 9}}}
components: [{id: shop, name: Shop}]
checks:
  - {name: a, component: shop, http: {url: "http://127.0.0.1/"}}
  - name: b
    component: shop
    detect: {intermittent: {worth_knowing: 50%}, flapping: {start: 40%}, degraded: {results: 3}}
    http: {url: "http://127.0.0.1/"}
)");
  const auto& a = settings->checks.at(0).detect;
  EXPECT_FALSE(a.intermittent.on);
  EXPECT_FALSE(a.flapping.on);
  const auto& b = settings->checks.at(1).detect;
  EXPECT_TRUE(b.intermittent.on);
  EXPECT_EQ(b.intermittent.worth_knowing, 0.5);
  EXPECT_TRUE(b.flapping.on);
  EXPECT_EQ(b.flapping.start, 0.4);
  EXPECT_EQ(b.degraded.results, 3);
  EXPECT_EQ(b.degraded.passes, 9);
}

TEST(Settings, TheUsualTimeoutAndConfirmationGiveWayToAShortInterval) {
  const auto settings = load_text(R"(
components: [{id: shop, name: Shop}]
checks: [{name: a, component: shop, every: 1s, http: {url: "http://127.0.0.1/"}}]
)");
  EXPECT_EQ(settings->checks.at(0).timeout, Duration(1s));
  EXPECT_EQ(settings->checks.at(0).detect.confirm_after, Duration(1s));
}

TEST(Settings, TellAllProblemsAtOnceAndInOrder) {
  const TempDir folder;
  const auto file = folder.write("vedette.yaml", R"(agent: {listen: nowhere, lisen: x}
defaults: {timeout: 5}
components:
  - {id: Shop, name: Shop}
  - {id: pay, name: Payments, depends_on: [pay]}
checks:
  - {name: a, component: shop, http: {url: ""}}
  - {name: a, component: pay, every: 2s, timeout: 3s}
  - {name: b, component: pay, http: {url: x}, dns: {url: y}}
check: []
components: []
)");
  const auto [settings, problems] = load_path(file);
  EXPECT_EQ(settings, nullptr);
  std::vector<std::string> places;
  for (std::size_t start = 0; start < problems.size(); start = problems.find('\n', start) + 1) {
    const auto line = problems.substr(start, problems.find('\n', start) - start);
    ASSERT_TRUE(line.starts_with(file.string() + ":")) << line;
    const auto place = line.substr(file.string().size() + 1);
    places.push_back(place.substr(0, place.find(": ")));
  }
  EXPECT_THAT(places, testing::ElementsAre("1:17", "1:26", "2:21", "4:10", "5:5", "7:26", "7:44",
                                           "8:5", "8:12", "8:51", "9:52", "10:1", "11:1"))
      << problems;
}

TEST(Settings, ADuplicateAcrossFilesNamesBoth) {
  const TempDir folder;
  const auto a = folder.write("a.yaml", small).string();
  const auto b =
      folder.write("b.yaml", "checks: [{name: front, component: shop, http: {url: x}}]\n").string();
  EXPECT_EQ(load_path(folder.path()).problems,
            b + ":1:17: a second check is called \"front\"; the first is at " + a + ":5:12\n");
}

TEST(Settings, ADirectoryIsOneConfiguration) {
  const TempDir folder;
  folder.write("agent.yaml", "agent: {region: eu}\ncomponents: [{id: shop, name: Shop}]\n");
  folder.write("checks.yaml", "checks: [{name: a, component: shop, http: {url: x}}]\n");
  const auto [settings, problems] = load_path(folder.path());
  ASSERT_NE(settings, nullptr) << problems;
  EXPECT_EQ(settings->agent.region, "eu");
  EXPECT_EQ(settings->checks.size(), 1U);
}

TEST(Settings, NameEachCheckOfEachAgentForItself) {
  const auto identities = [](std::string_view agent, std::string_view url) {
    const auto settings = load_text(fmt::format(R"(
agent: {{{}}}
components: [{{id: shop, name: Shop}}]
checks:
  - {{name: a, component: shop, http: {{url: {}}}}}
  - {{name: b, component: shop, http: {{url: {}}}}}
)",
                                                agent, url, url));
    return std::pair(settings->checks.at(0).identity, settings->checks.at(1).identity);
  };
  const auto first = identities("name: one, region: eu", "x");
  EXPECT_NE(first.first, first.second);
  EXPECT_EQ(first, identities("name: one, region: eu", "edited"));
  EXPECT_NE(first.first, identities("name: two, region: eu", "x").first);
  EXPECT_NE(first.first, identities("name: one, region: us", "x").first);
}

TEST(Settings, AMessageNeverHoldsASecret) {
  const TempDir folder;
  folder.write("short.token", "geheim");
  const auto file = folder.write("vedette.yaml", std::string(small) + R"(
agent:
  store: postgresql://vedette:geheim@db/vedette
  tokens:
    - {name: a, value: geheim}
    - {name: b, value: {file: short.token}}
    - {name: c, value: geheim-geheim-geheim, valu: geheim}
)");
  const auto problems = load_path(file).problems;
  EXPECT_THAT(problems, testing::HasSubstr("the value of a token"));
  EXPECT_THAT(problems, testing::Not(testing::HasSubstr("geheim")));
}

}  // namespace
}  // namespace vedette::settings
