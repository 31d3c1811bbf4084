// SPDX-License-Identifier: Apache-2.0
// The operator API on a real store, without a server and without a thread.
#include "agent/operator/api.h"

#include <set>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "agent/detect/detector.h"
#include "agent/operator/openapi.h"
#include "agent/store/open.h"
#include "tests/support/run_coroutine.h"

namespace vedette::operators {
namespace {

namespace json = boost::json;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::SizeIs;

const Instant now{std::chrono::sys_days{std::chrono::year{2026} / 11 / 8}};

template <class T>
Awaitable<Asked<T>> asked(store::Expected<T> found) {
  if (!found) co_return std::unexpected(found.error().message);
  co_return *std::move(found);
}

class ApiTest : public testing::Test {
 protected:
  ApiTest() {
    auto site = std::make_shared<page::Site>();
    for (const auto* id : {"shop", "mail"}) {
      incident::Component one;
      one.id = id;
      one.name = id == std::string("shop") ? "Shop" : "Mail";
      one.group = "All";
      site->components.push_back(one);
    }
    state_.site = site;
    state_.tokens = {{"Ann", Secret("correct-horse")}};
    state_.now = [] { return now; };
    state_.find_incident = [this](std::string id) { return asked(store_->incident(id)); };
    means_.amend = [this](std::vector<std::string> ids, store::Amend how) {
      return asked(store_->amend(ids, how));
    };
    means_.record_change = [this](incident::Change change) {
      return asked(store_->record_change(change));
    };
    means_.changes = [this](Instant since) { return asked(store_->changes(since, 100)); };
    means_.amend_maintenance = [this](std::string id, store::AmendMaintenance how) {
      return asked(store_->amend_maintenance(id, how));
    };
    means_.accounts = [this](std::string check) -> Awaitable<Asked<std::vector<detect::Account>>> {
      std::vector<detect::Account> found;
      if (check == account_.check) found.push_back(account_);
      co_return found;
    };
    means_.cleanups = [this] { return asked(store_->whole_journal("here")); };
    means_.look_at = [this](const auto& components, const auto&) { looked_ = components; };
  }

  web::Response ask(const std::string& method, const std::string& path,
                    const std::string& body = "", const std::string& token = "correct-horse") {
    web::Request request;
    request.method = method;
    request.path = path.substr(0, path.find('?'));
    request.query = path.substr(std::min(path.size(), request.path.size() + 1));
    request.body = body;
    request.headers = {{"Authorization", "Bearer " + token}};
    boost::asio::io_context loop;
    return test::run_coroutine(loop, router_.handle(request));
  }
  json::object told(const web::Response& response) {
    return json::parse(*response.body).as_object();
  }
  std::string error(const web::Response& response) {
    return std::string(told(response).at("error").as_string());
  }
  std::string opened(const std::string& component = "shop") {
    const auto response =
        ask("POST", "/api/v1/incidents",
            R"({"title": "Slow payments", "components": ")" + component + R"("})");
    EXPECT_EQ(response.status, 201) << *response.body;
    return std::string(told(response).at("id").as_string());
  }
  web::Response act(const std::string& id, const std::string& action,
                    const std::string& body = "") {
    return ask("POST", "/api/v1/incidents/" + id + "/" + action, body);
  }
  incident::Incident stored(const std::string& id) { return store_->incident(id).value().value(); }

  web::State state_;
  Means means_;
  std::vector<std::string> looked_;
  detect::Account account_;
  std::unique_ptr<store::Store> store_ = store::open("sqlite::memory:").value();
  Api api_{state_, means_};
  web::Router router_{api_.routes(),
                      [](const web::Request&) { return web::text_response(404, "nothing"); }};
};

TEST_F(ApiTest, ExplainsACheckByItsRunsAndRulesAndWhatItHasNotCleanedUp) {
  detect::Detector detector{detect::Policy{}};
  detect::Trail trail;
  for (int run = 0; run < 5; ++run) {
    detect::Sample sample{.outcome = Outcome::pass,
                          .reason = std::nullopt,
                          .at = now + run * std::chrono::seconds{30}};
    if (run > 2) {
      sample.outcome = Outcome::fail;
      sample.reason = Reason::connect_refused;
      sample.message = "nobody listens";
    }
    detector.feed(sample);
    trail.add(sample, detector.verdict());
  }
  account_ = {"card payment", "shop", detector.verdict(), detector.account(), trail.stretches(), 1};
  flow::Entry left;
  left.id = "run-1/authorise";
  left.flow = "card payment";
  left.run = "run-1";
  left.step = "authorise";
  left.values = R"({"token": "hidden"})";
  left.trouble = "status was 502";
  ASSERT_TRUE(store_->write_journal({"here", "agent"}, {store::Note{left}}, false));

  const auto response = ask("GET", "/api/v1/explain?check=card+payment");
  ASSERT_EQ(response.status, 200) << *response.body;
  EXPECT_THAT(*response.body, testing::Not(HasSubstr("hidden")));
  const auto one = told(response).at("checks").at(0).as_object();
  EXPECT_EQ(one.at("verdict").at("state"), "down");
  EXPECT_EQ(one.at("verdict").at("reason"), "connect_refused");
  EXPECT_EQ(one.at("component").at("id"), "shop");
  EXPECT_EQ(one.at("waiting"), 1);
  EXPECT_EQ(one.at("runs").as_array().size(), 3U);
  EXPECT_EQ(one.at("runs").at(0).at("runs"), 3);
  EXPECT_EQ(one.at("runs").at(1).at("then"), "up") << "one failure settles nothing";
  EXPECT_EQ(one.at("runs").at(2).at("then"), "down");
  EXPECT_THAT(json::serialize(one.at("rules")), HasSubstr("2 of the last 3 runs failed"));
  EXPECT_EQ(one.at("cleanups").at(0).at("step"), "authorise");
  EXPECT_EQ(one.at("cleanups").at(0).at("trouble"), "status was 502");
  EXPECT_TRUE(one.at("cleanups").at(0).at("not_before").is_null()) << "nobody has tried yet";
}

TEST_F(ApiTest, ExplainsWhatSilencesACheckNow) {
  account_.check = "login";
  account_.component = "shop";
  incident::Maintenance move;
  move.id = "move00000001";
  move.components = {"shop"};
  move.scheduled_for = now - std::chrono::hours{1};
  move.scheduled_until = now + std::chrono::hours{1};
  auto snapshot = std::make_shared<store::Snapshot>();
  snapshot->maintenances = {move};
  state_.snapshot = snapshot;
  const auto component = [&] {
    return told(ask("GET", "/api/v1/explain?check=login")).at("checks").at(0).at("component");
  };
  EXPECT_EQ(component().at("maintenance"), "move00000001");
  EXPECT_TRUE(component().at("incident").is_null());
  account_.component = "mail";
  EXPECT_TRUE(component().at("maintenance").is_null());
}

TEST_F(ApiTest, ExplainsNoCheckThatIsNotThere) {
  static const ProbeType flow{.name = "flow", .parse = {}, .gauges = {}, .infos = {}};
  metrics::CheckLabels labels{"card payment", "shop", "here", "flow"};
  labels.variant = "visa";
  const auto list = std::make_shared<std::vector<std::shared_ptr<metrics::CheckSeries>>>(
      1, std::make_shared<metrics::CheckSeries>(labels, flow));
  state_.checks = [list] { return list; };
  EXPECT_THAT(error(ask("GET", "/api/v1/explain?check=card+paiment")),
              HasSubstr("; did you mean \"card payment\"?"));
  EXPECT_THAT(error(ask("GET", "/api/v1/explain?check=card+payment[visor]")),
              HasSubstr("; did you mean \"card payment[visa]\"?"));
  const auto response = ask("GET", "/api/v1/explain?check=nothing");
  EXPECT_EQ(response.status, 404);
  EXPECT_THAT(error(response), HasSubstr("there is no check \"nothing\""));
  EXPECT_EQ(ask("GET", "/api/v1/explain").status, 400);
}

TEST_F(ApiTest, NothingIsToldOrDoneWithoutATokenThatIsKnown) {
  EXPECT_EQ(ask("GET", "/api/v1/incidents", "", "wrong").status, 401);
  EXPECT_EQ(ask("POST", "/api/v1/changes", "{}", "").status, 401);
  state_.tokens.clear();
  EXPECT_EQ(ask("GET", "/api/v1/changes").status, 403);
}

TEST_F(ApiTest, APersonOpensAnIncidentAndIsItsAuthor) {
  const auto id = opened();
  const auto incident = stored(id);
  EXPECT_EQ(incident.detected_by, "Ann");
  EXPECT_EQ(incident.impact, incident::Impact::critical);
  EXPECT_EQ(incident.updates.at(0).author, "Ann");
  EXPECT_THAT(looked_, ElementsAre("shop"));
  const auto again = ask("POST", "/api/v1/incidents", R"({"title": "x", "components": "mail"})");
  EXPECT_EQ(again.status, 409) << "of one group one is open";
  EXPECT_THAT(error(again), HasSubstr(id));
}

TEST_F(ApiTest, ActionsAppendToTheTimelineAndRepeatedOnesDoNot) {
  const auto id = opened();
  EXPECT_EQ(act(id, "acknowledge").status, 200);
  EXPECT_EQ(act(id, "acknowledge").status, 200);
  EXPECT_EQ(stored(id).acknowledged_by, "Ann");
  EXPECT_THAT(stored(id).updates, SizeIs(2));
  EXPECT_EQ(act(id, "comment", R"({"text": "The database?"})").status, 200);
  EXPECT_FALSE(stored(id).updates.back().is_public);
  EXPECT_EQ(act(id, "strike", R"({"sequence": 3, "text": "it is fine"})").status, 200);
  EXPECT_EQ(stored(id).updates.back().strikes, 3);
  EXPECT_EQ(act(id, "strike", R"({"sequence": 1})").status, 409) << "customers have read it";
  EXPECT_EQ(act(id, "impact", R"({"impact": "minor"})").status, 200);
  EXPECT_EQ(stored(id).held_impact, incident::Impact::minor);
  EXPECT_EQ(act(id, "impact", R"({"impact": null})").status, 200);
  EXPECT_EQ(stored(id).held_impact, std::nullopt);
  EXPECT_EQ(act(id, "status", R"({"status": "identified"})").status, 200);
  EXPECT_EQ(act(id, "title", R"({"title": "Payments are slow"})").status, 200);
  EXPECT_EQ(stored(id).title, "Payments are slow");
}

TEST_F(ApiTest, AnIncidentEndsReopensAndIsExplained) {
  const auto id = opened();
  EXPECT_EQ(act(id, "postmortem", R"({"text": "# Why"})").status, 409) << "it is still open";
  EXPECT_EQ(act(id, "resolve", R"({"text": "Fixed."})").status, 200);
  EXPECT_EQ(stored(id).resolved, now);
  EXPECT_EQ(act(id, "acknowledge").status, 409);
  EXPECT_EQ(act(id, "reopen").status, 200);
  EXPECT_TRUE(stored(id).is_open());
  EXPECT_EQ(act(id, "resolve").status, 200);
  const auto draft = ask("GET", "/api/v1/incidents/" + id + "/postmortem");
  EXPECT_THAT(told(draft).at("markdown").as_string().c_str(),
              HasSubstr("# Postmortem: Slow payments"));
  EXPECT_EQ(act(id, "postmortem", R"({"text": "# Why"})").status, 200);
  EXPECT_EQ(stored(id).status, incident::Status::postmortem);
  EXPECT_EQ(stored(id).resolved, now);
}

TEST_F(ApiTest, IncidentsAreSplitAndMerged) {
  const auto response = ask("POST", "/api/v1/incidents",
                            R"({"title": "All is slow", "components": ["shop", "mail"]})");
  const std::string id(told(response).at("id").as_string());
  EXPECT_EQ(act(id, "split", R"({"components": ["mail"]})").status, 200);
  EXPECT_THAT(stored(id).components, SizeIs(1));
  ASSERT_THAT(store_->open_groups().value(), ElementsAre("All", "All/mail"));
  const auto all = store_->snapshot().value().incidents;
  const auto part = all[0].id == id ? all[1].id : all[0].id;
  EXPECT_EQ(act(part, "merge", R"({"into": ")" + id + R"("})").status, 200);
  EXPECT_EQ(stored(part).merged_into, id);
  EXPECT_FALSE(stored(part).is_open());
  EXPECT_THAT(stored(id).components, SizeIs(2));
}

TEST_F(ApiTest, AChangeIsRecordedOnce) {
  const std::string body =
      R"({"text": "Deploy 42", "components": "shop", "at": "2026-11-07T22:00:00-01:00"})";
  const auto first = ask("POST", "/api/v1/changes", body);
  EXPECT_EQ(first.status, 201) << *first.body;
  EXPECT_EQ(told(first).at("at").as_string(), "2026-11-07T23:00:00.000Z");
  EXPECT_EQ(told(first).at("author").as_string(), "Ann");
  EXPECT_EQ(ask("POST", "/api/v1/changes", body).status, 200);
  EXPECT_THAT(told(ask("GET", "/api/v1/changes")).at("changes").as_array(), SizeIs(1));
}

TEST_F(ApiTest, AMaintenanceIsScheduledAndCancelled) {
  const auto made = ask("POST", "/api/v1/maintenances",
                        R"({"title": "New disks", "components": "shop",
                            "from": "2026-11-09T01:00:00Z", "until": "2026-11-09T03:00:00Z"})");
  EXPECT_EQ(made.status, 201) << *made.body;
  const std::string id(told(made).at("id").as_string());
  const std::string where = "/api/v1/maintenances/" + id;
  EXPECT_EQ(ask("POST", where + "/end").status, 409);
  EXPECT_EQ(ask("POST", where + "/cancel").status, 200);
  EXPECT_EQ(ask("POST", where + "/cancel").status, 409);
  EXPECT_EQ(ask("POST", "/api/v1/maintenances/nosuchid0000/end").status, 404);
}

TEST_F(ApiTest, AMaintenanceThatWasCancelledCanBeScheduledAgain) {
  const std::string body = R"({"title": "New disks", "components": "shop",
                               "from": "2026-11-09T01:00:00Z", "until": "2026-11-09T03:00:00Z"})";
  const std::string id(told(ask("POST", "/api/v1/maintenances", body)).at("id").as_string());
  ASSERT_EQ(ask("POST", "/api/v1/maintenances/" + id + "/cancel").status, 200);
  const auto again = ask("POST", "/api/v1/maintenances", body);
  EXPECT_EQ(again.status, 200);
  EXPECT_EQ(told(again).at("id").as_string(), id);
  EXPECT_EQ(told(again).at("status").as_string(), "scheduled");
}

TEST_F(ApiTest, WhatIsWrongWithABodyIsToldByItsName) {
  const auto wrong = [&](const std::string& path, const std::string& body) {
    const auto response = ask("POST", path, body);
    EXPECT_EQ(response.status, 400) << body;
    return error(response);
  };
  EXPECT_THAT(wrong("/api/v1/changes", "["), HasSubstr("must be one JSON object"));
  EXPECT_THAT(wrong("/api/v1/changes", "{}"), HasSubstr("\"text\" is needed"));
  EXPECT_THAT(wrong("/api/v1/changes", R"({"text": "x", "components": "shp"})"),
              HasSubstr("names shp, which is not configured"));
  EXPECT_THAT(wrong("/api/v1/changes", R"({"text": "x", "components": "shop", "when": "now"})"),
              HasSubstr("there is no field \"when\" here"));
  EXPECT_THAT(wrong("/api/v1/changes", R"({"text": 7, "components": "shop"})"),
              HasSubstr("\"text\" must be a text"));
  EXPECT_EQ(act("nosuchid0000", "resolve").status, 404);
  EXPECT_EQ(act("nosuchid0000", "explode").status, 404);
}

TEST_F(ApiTest, TheStoreBeingAwayIsToldAsSuch) {
  means_.record_change = [](incident::Change) -> Awaitable<Asked<bool>> {
    co_return std::unexpected("the store does not answer");
  };
  const auto response = ask("POST", "/api/v1/changes", R"({"text": "x", "components": "shop"})");
  EXPECT_EQ(response.status, 503);
  EXPECT_THAT(error(response), HasSubstr("look before you repeat it"));
}

TEST_F(ApiTest, EveryRouteIsDescribedAndNothingElse) {
  std::set<std::string> routes, described;
  for (const auto& route : api_.routes()) {
    std::string method = route.method;
    for (char& c : method) c = static_cast<char>(std::tolower(c));
    routes.insert(method + " " + route.pattern);
  }
  const auto document = openapi_document();
  for (const auto& path : document.at("paths").as_object()) {
    for (const auto& operation : path.value().as_object())
      described.insert(std::string(operation.key()) + " " + std::string(path.key()));
  }
  EXPECT_EQ(routes, described);
}

}  // namespace
}  // namespace vedette::operators
