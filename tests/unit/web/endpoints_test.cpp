// SPDX-License-Identifier: Apache-2.0
#include "agent/web/endpoints.h"

#include <gmock/gmock.h>

#include "tests/support/run_coroutine.h"
#include "tests/unit/web/sample_state.h"

namespace vedette::web {
namespace {

using testing::HasSubstr;
using testing::Not;
using Found = std::expected<std::optional<incident::Incident>, std::string>;

Awaitable<std::expected<void, std::string>> reload_with(std::expected<void, std::string> outcome) {
  co_return outcome;
}
Awaitable<Found> find_with(Found found) {
  co_return found;
}

class EndpointsTest : public testing::Test {
 protected:
  EndpointsTest() {
    state_.site = std::make_shared<const Site>(sample_site());
    state_.snapshot = std::make_shared<const store::Snapshot>(sample_snapshot());
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
  site.name = "Other";
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
  state_.tokens = {Secret("correct horse"), Secret("battery")};
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
  state_.tokens = {Secret("token")};
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
