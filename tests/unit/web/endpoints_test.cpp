// SPDX-License-Identifier: Apache-2.0
#include "agent/web/endpoints.h"

#include <list>

#include <gmock/gmock.h>

#include "agent/page/public_id.h"
#include "tests/support/run_coroutine.h"
#include "tests/unit/page/sample_state.h"

namespace vedette::web {
namespace {

using page::calm_snapshot;
using page::past_incident;
using page::sample_site;
using page::sample_snapshot;
using page::Site;
using testing::HasSubstr;
using testing::Not;
using Found = std::expected<std::optional<incident::Incident>, std::string>;

Awaitable<std::expected<void, std::string>> reload_with(std::expected<void, std::string> outcome) {
  co_return outcome;
}
Awaitable<std::expected<store::Chapter, std::string>> chapter_with(
    std::expected<store::Chapter, std::string> chapter) {
  co_return chapter;
}
Awaitable<Found> find_with(Found found) {
  co_return found;
}

class EndpointsTest : public testing::Test {
 protected:
  EndpointsTest() {
    state_.site = std::make_shared<const Site>(sample_site());
    state_.snapshot = std::make_shared<const store::Snapshot>(sample_snapshot());
    state_.now = [] { return page::at(100); };
  }
  Response ask(const std::string& method, const std::string& path,
               std::vector<Header> headers = {}) {
    Request request;
    request.method = method;
    request.path = path;
    request.headers = std::move(headers);
    return test::run_coroutine(loop_, endpoints_.handle(request));
  }
  Response get(const std::string& path) { return ask("GET", path); }
  Response reload(const std::string& authorization) {
    return ask("POST", "/-/reload", {{"Authorization", authorization}});
  }
  static std::string header(const Response& response, std::string_view name) {
    for (const auto& one : response.headers) {
      if (one.name == name) return one.value;
    }
    return "";
  }

  boost::asio::io_context loop_;
  State state_;
  Endpoints endpoints_{state_};
};

TEST_F(EndpointsTest, PagesAreHtmlUnderAStrictPolicy) {
  for (const auto* path : {"/", "/incidents/abcdef012345"}) {
    const auto response = get(path);
    EXPECT_EQ(response.status, 200) << path;
    EXPECT_EQ(response.content_type, "text/html; charset=utf-8");
    EXPECT_THAT(header(response, "Content-Security-Policy"), HasSubstr("default-src 'none'"));
    EXPECT_THAT(header(response, "Content-Security-Policy"), Not(HasSubstr("unsafe")));
  }
}

TEST_F(EndpointsTest, ThePublicApiIsJsonForEveryOrigin) {
  for (const auto* name :
       {"summary", "status", "components", "incidents", "incidents/unresolved"}) {
    const auto response = get(std::string("/api/v2/") + name + ".json");
    EXPECT_EQ(response.status, 200) << name;
    EXPECT_EQ(response.content_type, "application/json; charset=utf-8");
    EXPECT_EQ(header(response, "Access-Control-Allow-Origin"), "*");
    EXPECT_TRUE(response.body->starts_with("{\"page\":{")) << name;
  }
}

TEST_F(EndpointsTest, APreflightIsAllowedForThePublicApiOnly) {
  EXPECT_EQ(header(ask("OPTIONS", "/api/v2/status.json"), "Access-Control-Allow-Methods"),
            "GET, HEAD, OPTIONS");
  EXPECT_EQ(header(ask("OPTIONS", "/-/reload"), "Access-Control-Allow-Origin"), "");
}

TEST_F(EndpointsTest, NothingIsRenderedTwiceWhileNothingChanges) {
  const auto first = get("/"), second = get("/");
  EXPECT_EQ(first.body.get(), second.body.get());
  EXPECT_EQ(get("/api/v2/summary.json").body.get(), get("/api/v2/summary.json").body.get());
  EXPECT_FALSE(first.etag.empty());
}

TEST_F(EndpointsTest, ANewSnapshotIsShownAtOnceUnderANewTag) {
  const auto before = get("/");
  state_.snapshot = std::make_shared<const store::Snapshot>(calm_snapshot());
  const auto after = get("/");
  EXPECT_THAT(*after.body, HasSubstr("All systems are operational"));
  EXPECT_NE(before.etag, after.etag);
}

TEST_F(EndpointsTest, AReloadedConfigurationIsShownAtOnce) {
  get("/");
  auto site = sample_site();
  site.brand.name = "Other";
  state_.site = std::make_shared<const Site>(site);
  EXPECT_THAT(*get("/").body, HasSubstr("<title>Other</title>"));
}

TEST_F(EndpointsTest, TroubleOfTheStoreIsToldOnThePageWithoutDetails) {
  get("/");
  state_.health.troubles = {"store: the disk is full"};
  EXPECT_THAT(*get("/").body, HasSubstr("out of date"));
  EXPECT_THAT(*get("/").body, Not(HasSubstr("disk")));
}

TEST_F(EndpointsTest, UnknownAddressesAreNotFoundInTheRightFormat) {
  EXPECT_EQ(get("/nothing").status, 404);
  EXPECT_EQ(get("/nothing").content_type, "text/html; charset=utf-8");
  EXPECT_EQ(get("/api/v2/nothing.json").status, 404);
  EXPECT_EQ(get("/api/v2/nothing.json").content_type, "application/json; charset=utf-8");
  EXPECT_EQ(get("/incidents/ABCDEF012345").status, 404);
  EXPECT_EQ(get("/incidents/000000000000").status, 404);
  EXPECT_EQ(ask("POST", "/").status, 405);
}

TEST_F(EndpointsTest, AnOldIncidentIsLookedUp) {
  auto old = past_incident();
  old.id = "old000000000";
  state_.find_incident = [old](const std::string& id) {
    return find_with(id == old.id ? std::optional(old) : std::nullopt);
  };
  EXPECT_THAT(*get("/incidents/old000000000").body, HasSubstr("Mail: degraded performance"));
  EXPECT_EQ(get("/incidents/000000000000").status, 404);
  state_.find_incident = [](const std::string&) { return find_with(std::unexpected("busy")); };
  EXPECT_EQ(get("/incidents/old000000000").status, 503);
  EXPECT_EQ(get("/incidents/abcdef012345").status, 200);
}

TEST_F(EndpointsTest, TheHistoryIsReadFromTheStoreOnce) {
  int asked = 0;
  state_.find_chapter = [&](const store::ChapterKey& key) {
    ++asked;
    store::Chapter chapter;
    const bool has_it = key.from <= past_incident().opened && past_incident().opened < key.to;
    if (has_it && key.skip == 0) chapter = {{past_incident()}, 1, past_incident().opened};
    return chapter_with(std::move(chapter));
  };
  EXPECT_THAT(*get("/history").body, HasSubstr("Incidents of November 2026"));
  EXPECT_THAT(*get("/history/2026-11").body, HasSubstr("Mail: degraded performance"));
  EXPECT_EQ(asked, 1);
  EXPECT_THAT(*get("/history/2026-10").body, HasSubstr("No incidents in this month."));
  EXPECT_EQ(get("/history/2026-10/2").status, 404);
  for (const auto* wrong : {"/history/2026-13", "/history/2026-1", "/history/x", "/history/1999-12",
                            "/history/2026-11/0", "/history/2026-11/x", "/history/2026-11/99999"}) {
    EXPECT_EQ(get(wrong).status, 404) << wrong;
  }
  state_.find_chapter = [](const store::ChapterKey&) {
    return chapter_with(std::unexpected("busy"));
  };
  EXPECT_EQ(get("/history/2026-01").status, 503);
}

TEST_F(EndpointsTest, AComponentIsFoundByItsIdAndByItsPublicOne) {
  EXPECT_THAT(*get("/components/login").body, HasSubstr("<h1>Sign in</h1>"));
  EXPECT_THAT(*get("/components/" + page::public_id("component", "login")).body,
              HasSubstr("<h1>Sign in</h1>"));
  EXPECT_EQ(get("/components/none").status, 404);
  EXPECT_EQ(get("/badge/login.svg").content_type, "image/svg+xml");
  EXPECT_EQ(header(get("/badge/login.svg"), "Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(get("/badge/login").status, 404);
  EXPECT_EQ(get("/badge/none.svg").status, 404);
}

TEST_F(EndpointsTest, FeedsAndMaintenancesAreServed) {
  EXPECT_EQ(get("/history.rss").content_type, "application/rss+xml; charset=utf-8");
  EXPECT_EQ(get("/history.atom").content_type, "application/atom+xml; charset=utf-8");
  for (const auto* path :
       {"/api/v2/scheduled-maintenances.json", "/api/v2/scheduled-maintenances/upcoming.json",
        "/api/v2/scheduled-maintenances/active.json"}) {
    EXPECT_EQ(get(path).status, 200) << path;
    EXPECT_THAT(*get(path).body, HasSubstr("\"scheduled_maintenances\":[]"));
  }
  auto snapshot = sample_snapshot();
  snapshot.maintenances = {page::sample_maintenance()};
  state_.snapshot = std::make_shared<const store::Snapshot>(snapshot);
  EXPECT_THAT(*get("/incidents/maint0000001").body, HasSubstr("<h1>New mail server</h1>"));
}

TEST_F(EndpointsTest, WhatPeopleExpectAtAWellKnownPlaceIsThere) {
  EXPECT_THAT(*get("/robots.txt").body, HasSubstr("User-agent: *"));
  EXPECT_EQ(get("/favicon.ico").content_type, "image/svg+xml");
  EXPECT_EQ(get("/assets/logo.svg").status, 404);
  auto site = sample_site();
  site.brand.logo = {"<svg/>", "image/svg+xml"};
  state_.site = std::make_shared<const Site>(site);
  EXPECT_EQ(*get("/assets/logo.svg").body, "<svg/>");
  EXPECT_THAT(header(get("/assets/logo.svg"), "Content-Security-Policy"),
              HasSubstr("default-src 'none'"));
  EXPECT_THAT(*get("/").body, HasSubstr("<img class=\"logo\" src=\"/assets/logo.svg?v="));
}

TEST_F(EndpointsTest, FiguresMoveOnWithTheMinute) {
  const auto before = get("/");
  state_.now = [] { return page::at(119); };
  EXPECT_EQ(get("/").body.get(), before.body.get());
  state_.now = [] { return page::at(120); };
  EXPECT_NE(get("/").body.get(), before.body.get());
  EXPECT_EQ(get("/").etag, before.etag) << "what looks the same has the same tag";
}

TEST_F(EndpointsTest, AMinuteThatEndsDuringARequestDoesNoHarm) {
  int looks = 0;
  state_.now = [&looks] { return page::at(60 * ++looks); };
  for (const auto* path : {"/", "/components/login", "/badge/login.svg", "/incidents/abcdef012345",
                           "/incidents/past00000001", "/history", "/api/v2/summary.json"}) {
    EXPECT_EQ(get(path).status, 200) << path;
  }
}

TEST_F(EndpointsTest, ThePageOfAComponentIsMadeAnewEveryFiveSeconds) {
  const auto first = get("/components/login");
  state_.now = [] { return page::at(104); };
  EXPECT_EQ(get("/components/login").body.get(), first.body.get());
  state_.now = [] { return page::at(105); };
  EXPECT_NE(get("/components/login").body.get(), first.body.get());
}

TEST_F(EndpointsTest, NewsAreStreamedToABoundedNumberOfListeners) {
  const auto news = get("/events");
  EXPECT_EQ(news.content_type, "text/event-stream; charset=utf-8");
  EXPECT_EQ(news.topic, &state_.changes);
  std::list<Topic::Listener> listeners;
  for (int i = 0; i < 256; ++i) listeners.emplace_back(state_.changes, loop_.get_executor());
  EXPECT_EQ(get("/events").status, 503);
  EXPECT_EQ(header(get("/events"), "Retry-After"), "60");
}

TEST_F(EndpointsTest, HealthyIsAlwaysHealthy) {
  state_.health.troubles = {"x"};
  EXPECT_EQ(get("/-/healthy").status, 200);
}

TEST_F(EndpointsTest, ReadySaysWhyNot) {
  EXPECT_EQ(get("/-/ready").status, 200);
  EXPECT_EQ(*get("/-/ready").body, "ready\n");
  state_.health.troubles = {"store: the disk is full"};
  EXPECT_EQ(get("/-/ready").status, 503);
  EXPECT_EQ(*get("/-/ready").body, "not ready\nstore: the disk is full\n");
}

TEST_F(EndpointsTest, NotReadyBeforeTheStoreWasRead) {
  state_.snapshot = nullptr;
  EXPECT_EQ(get("/-/ready").status, 503);
  EXPECT_EQ(get("/").status, 200);
  EXPECT_THAT(*get("/").body, HasSubstr("Waiting for the first results"));
}

TEST_F(EndpointsTest, AFailedReloadIsToldButTheAgentIsReady) {
  state_.health.reload_problem = "a.yaml:1:2: unknown key\n";
  EXPECT_EQ(get("/-/ready").status, 200);
  EXPECT_THAT(*get("/-/ready").body, HasSubstr("a.yaml:1:2: unknown key"));
}

TEST_F(EndpointsTest, MetricsAreStreamed) {
  EXPECT_EQ(get("/metrics").status, 404);
  state_.metrics = [] {
    return [](std::string& out) {
      out += "some_metric 1\n";
      return false;
    };
  };
  const auto response = get("/metrics");
  EXPECT_EQ(response.content_type, "text/plain; version=0.0.4; charset=utf-8");
  std::string out;
  EXPECT_FALSE(response.stream(out));
  EXPECT_EQ(out, "some_metric 1\n");
}

TEST_F(EndpointsTest, WithoutATokenConfiguredNobodyReloads) {
  EXPECT_EQ(reload("Bearer ").status, 403);
  EXPECT_EQ(reload("Bearer anything").status, 403);
}

TEST_F(EndpointsTest, OnlyAKnownTokenReloads) {
  int reloads = 0;
  state_.tokens = {{"ann", Secret("correct horse")}, {"ben", Secret("battery")}};
  state_.reload = [&] {
    ++reloads;
    return reload_with({});
  };
  for (const auto* wrong :
       {"", "Bearer", "Bearer ", "Basic correct horse", "Bearer correct hors",
        "Bearer correct horsee", "Bearer Correct horse", "Bearer correct horsecorrect horse"}) {
    const auto refused = reload(wrong);
    EXPECT_EQ(refused.status, 401) << wrong;
    EXPECT_THAT(header(refused, "WWW-Authenticate"), HasSubstr("Bearer"));
  }
  EXPECT_EQ(reloads, 0);
  EXPECT_EQ(reload("Bearer correct horse").status, 200);
  EXPECT_EQ(reload("bearer battery").status, 200);
  EXPECT_EQ(reloads, 2);
  EXPECT_EQ(get("/-/reload").status, 405);
}

TEST_F(EndpointsTest, AReloadThatFailsTellsEveryProblem) {
  state_.tokens = {{"ann", Secret("token")}};
  state_.reload = [] { return reload_with(std::unexpected("a.yaml:1:2: bad\na.yaml:3:4: worse")); };
  const auto response = reload("Bearer token");
  EXPECT_EQ(response.status, 422);
  EXPECT_THAT(*response.body, HasSubstr("a.yaml:3:4: worse"));
}

TEST_F(EndpointsTest, AssetsMayBeKeptForEverUnderTheirVersion) {
  const auto page = *get("/").body;
  const auto from = page.find("/assets/page.css?v=");
  ASSERT_NE(from, std::string::npos);
  const auto url = page.substr(from, page.find('"', from) - from);
  Request request;
  request.method = "GET";
  request.path = "/assets/page.css";
  request.query = url.substr(url.find('?') + 1);
  const auto response = test::run_coroutine(loop_, endpoints_.handle(request));
  EXPECT_EQ(response.content_type, "text/css; charset=utf-8");
  EXPECT_THAT(header(response, "Cache-Control"), HasSubstr("immutable"));
  EXPECT_EQ(header(get("/assets/page.css"), "Cache-Control"), "no-cache");
  EXPECT_EQ(get("/assets/none.css").status, 404);
}

}  // namespace
}  // namespace vedette::web
