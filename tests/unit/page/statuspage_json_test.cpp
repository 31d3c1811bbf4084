// SPDX-License-Identifier: Apache-2.0
// The expectations are written by hand after the public API's documentation: keys, their order, and
// their nulls.
#include "agent/page/statuspage_json.h"

#include <gmock/gmock.h>

#include "agent/page/public_id.h"
#include "tests/unit/page/sample_state.h"

namespace vedette::page {
namespace {

using testing::HasSubstr;

const std::string page_id = public_id("page", "https://status.example.com");
const std::string portal_id = public_id("group", "Portal");
const std::string login_id = public_id("component", "login");
const std::string search_id = public_id("component", "search");
const std::string mail_id = public_id("component", "mail");

const std::string page =
    R"("page":{"id":")" + page_id +
    R"(","name":"Shop","url":"https://status.example.com","time_zone":"Etc/UTC",)"
    R"("updated_at":"2026-11-08T10:01:05.000Z"})";
const std::string status =
    R"("status":{"indicator":"major","description":"Partial System Outage"})";

const std::string portal =
    R"({"id":")" + portal_id +
    R"(","name":"Portal","status":"major_outage","created_at":"2026-11-08T09:01:40.000Z",)"
    R"("updated_at":"2026-11-08T10:00:05.000Z","position":1,"description":null,"showcase":false,)"
    R"("start_date":null,"group_id":null,"page_id":")" +
    page_id + R"(","group":true,"only_show_if_degraded":false,"components":[")" + login_id +
    R"(",")" + search_id + R"("]})";
const std::string login =
    R"({"id":")" + login_id +
    R"(","name":"Sign in","status":"major_outage","created_at":"2026-11-08T09:01:40.000Z",)"
    R"("updated_at":"2026-11-08T10:00:05.000Z","position":1,"description":null,"showcase":false,)"
    R"("start_date":null,"group_id":")" +
    portal_id + R"(","page_id":")" + page_id + R"(","group":false,"only_show_if_degraded":false})";
const std::string search =
    R"({"id":")" + search_id +
    R"(","name":"Search","status":"operational","created_at":"2026-11-08T09:01:40.000Z",)"
    R"("updated_at":"2026-11-08T09:03:20.000Z","position":2,"description":null,"showcase":false,)"
    R"("start_date":null,"group_id":")" +
    portal_id + R"(","page_id":")" + page_id + R"(","group":false,"only_show_if_degraded":false})";
const std::string mail =
    R"({"id":")" + mail_id +
    R"(","name":"Mail","status":"operational","created_at":"2026-11-08T09:00:00.000Z",)"
    R"("updated_at":"2026-11-08T09:00:00.000Z","position":2,"description":"Receipts","showcase":false,)"
    R"("start_date":null,"group_id":null,"page_id":")" +
    page_id + R"(","group":false,"only_show_if_degraded":false})";
const std::string components =
    R"("components":[)" + portal + "," + login + "," + search + "," + mail + "]";

std::string update_json(const std::string& incident, int sequence, const std::string& status_text,
                        const std::string& body, const std::string& at_text,
                        const std::string& affected) {
  return R"({"id":")" + public_id("update", incident + "/" + std::to_string(sequence)) +
         R"(","status":")" + status_text + R"(","body":")" + body + R"(","incident_id":")" +
         incident + R"(","created_at":")" + at_text + R"(","updated_at":")" + at_text +
         R"(","display_at":")" + at_text + R"(","affected_components":)" + affected +
         R"(,"deliver_notifications":true,"custom_tweet":null,"tweet_id":null})";
}

const std::string open_json =
    R"({"id":"abcdef012345","name":"Sign in: major outage","status":"identified",)"
    R"("created_at":"2026-11-08T10:00:05.000Z","updated_at":"2026-11-08T10:01:05.000Z",)"
    R"("monitoring_at":null,"resolved_at":null,"impact":"critical",)"
    R"("shortlink":"https://status.example.com/incidents/abcdef012345",)"
    R"("started_at":"2026-11-08T10:00:00.000Z","page_id":")" +
    page_id + R"(","incident_updates":[)" +
    update_json("abcdef012345", 3, "identified", "We know why.", "2026-11-08T10:01:05.000Z",
                "null") +
    "," +
    update_json(
        "abcdef012345", 1, "investigating", "Sign in is down.", "2026-11-08T10:00:05.000Z",
        R"([{"code":")" + login_id +
            R"(","name":"Portal - Sign in","old_status":"operational","new_status":"major_outage"}])") +
    R"(],"components":[)" + login + "]}";
const std::string past_json =
    R"({"id":"past00000001","name":"Mail: degraded performance","status":"resolved",)"
    R"("created_at":"2026-11-08T09:10:10.000Z","updated_at":"2026-11-08T09:42:00.000Z",)"
    R"("monitoring_at":null,"resolved_at":"2026-11-08T09:42:00.000Z","impact":"minor",)"
    R"("shortlink":"https://status.example.com/incidents/past00000001",)"
    R"("started_at":"2026-11-08T09:10:00.000Z","page_id":")" +
    page_id + R"(","incident_updates":[)" +
    update_json("past00000001", 2, "resolved", "All is well.", "2026-11-08T09:42:00.000Z", "null") +
    "," +
    update_json("past00000001", 1, "investigating", "Mail is slow.", "2026-11-08T09:10:10.000Z",
                "null") +
    R"(],"components":[]})";

class StatuspageJson : public testing::Test {
 protected:
  const Site site_ = sample_site();
  const store::Snapshot snapshot_ = sample_snapshot();
  const View view_ = make_view(site_, snapshot_, at(100));
};

TEST_F(StatuspageJson, StatusIsPageAndRollup) {
  EXPECT_EQ(status_json(view_), "{" + page + "," + status + "}");
}

TEST_F(StatuspageJson, ComponentsAreGroupsAndChildrenSideBySide) {
  EXPECT_EQ(components_json(view_), "{" + page + "," + components + "}");
}

TEST_F(StatuspageJson, IncidentsAreNewestFirstWithTheResolvedOnes) {
  EXPECT_EQ(incidents_json(view_),
            "{" + page + R"(,"incidents":[)" + open_json + "," + past_json + "]}");
}

TEST_F(StatuspageJson, UnresolvedHasOnlyTheOpenOnes) {
  EXPECT_EQ(unresolved_json(view_), "{" + page + R"(,"incidents":[)" + open_json + "]}");
}

TEST_F(StatuspageJson, SummaryJoinsThemInOrder) {
  EXPECT_EQ(summary_json(view_), "{" + page + "," + components + R"(,"incidents":[)" + open_json +
                                     R"(],"scheduled_maintenances":[],)" + status + "}");
}

TEST(StatuspageJsonInstants, MonitoringAtIsTheFirstEntryAndStaysWhenItFailsAgain) {
  using incident::Status;
  const auto site = sample_site();
  store::Snapshot snapshot;
  snapshot.incidents = {open_incident()};
  auto& updates = snapshot.incidents.front().updates;
  const auto listed = [&] { return incidents_json(make_view(site, snapshot, at(100))); };
  updates.push_back(update(4, at(70), Status::monitoring, "It works again."));
  EXPECT_THAT(listed(), HasSubstr(R"("monitoring_at":"2026-11-08T10:01:10.000Z")"));
  updates.push_back(update(5, at(80), Status::investigating, "It fails again."));
  EXPECT_THAT(listed(), HasSubstr(R"("monitoring_at":"2026-11-08T10:01:10.000Z")"));
  updates.push_back(update(6, at(90), Status::monitoring, "It works once more."));
  EXPECT_THAT(listed(), HasSubstr(R"("monitoring_at":"2026-11-08T10:01:10.000Z")"));
}

TEST(StatuspageJsonInstants, MonitoringAtIsNullWhenThatStateWasNeverEntered) {
  const auto site = sample_site();
  store::Snapshot snapshot;
  snapshot.incidents = {past_incident()};
  ASSERT_TRUE(snapshot.incidents.front().mitigated);
  EXPECT_THAT(incidents_json(make_view(site, snapshot, at(100))),
              HasSubstr(R"("monitoring_at":null)"));
}

TEST(StatuspageJsonBounds, NoMoreThanFiftyIncidentsAreListed) {
  const auto site = sample_site();
  store::Snapshot snapshot;
  snapshot.incidents.assign(60, past_incident());
  const auto text = incidents_json(make_view(site, snapshot, at(100)));
  std::size_t listed = 0;
  for (auto from = text.find("\"shortlink\""); from != std::string::npos;
       from = text.find("\"shortlink\"", from + 1)) {
    ++listed;
  }
  EXPECT_EQ(listed, 50U);
}

}  // namespace
}  // namespace vedette::page
