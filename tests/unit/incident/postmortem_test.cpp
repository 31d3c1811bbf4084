// SPDX-License-Identifier: Apache-2.0
// The draft of a postmortem says what the timeline knows, and asks for the rest.
#include "agent/incident/postmortem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/incident/country.h"

namespace vedette::incident::test {
namespace {

using testing::HasSubstr;

Incident resolved_outage() {
  Country world;
  world.add("Database", "Backend");
  world.add("Shop", "Sales", {"database"});
  Change deploy{.id = "deploy000001",
                .kind = ChangeKind::recorded,
                .at = at(-60),
                .recorded = at(-60),
                .text = "Deploy 42 | hotfix",
                .author = "Ann",
                .is_public = true,
                .before = {},
                .after = {},
                .components = {"shop"}};
  world.changes = {deploy};
  world.fails("shop", 0);
  world.decide_at(5);
  world.passes("shop", 600);
  world.decide_at(605);
  world.decide_at(605 + 120);
  return world.over().at("Sales");
}

TEST(Postmortem, TellsImpactDetectionTriggerAndWhatKeptWorking) {
  const std::string draft = postmortem_draft(resolved_outage());
  EXPECT_THAT(draft, HasSubstr("# Postmortem: Shop: major outage"));
  EXPECT_THAT(draft, HasSubstr("Worst impact: **critical**. It lasted 10 minutes, from "
                               "2026-11-08 10:00:00 to 2026-11-08 10:10:00 UTC"));
  EXPECT_THAT(draft, HasSubstr("- Shop: major outage, until 2026-11-08 10:10:00 UTC"));
  EXPECT_THAT(draft, HasSubstr("Detected by check shop-check in eu-west, 3 seconds after"));
  EXPECT_THAT(draft, HasSubstr("- suspect: change deploy000001"));
  EXPECT_THAT(draft, HasSubstr("- check database-check in eu-west passes all the while"));
  EXPECT_THAT(draft, HasSubstr("Resolved at 2026-11-08 10:12:05 UTC."));
  EXPECT_THAT(draft, HasSubstr("## Action items"));
}

TEST(Postmortem, ItsTableKeepsItsColumnsWhateverTheTextsHold) {
  const std::string draft = postmortem_draft(resolved_outage());
  EXPECT_THAT(draft, HasSubstr("| 2026-11-08 10:00:05 | investigating | We are investigating"));
  EXPECT_THAT(draft, HasSubstr("Deploy 42 / hotfix")) << "a bar would end the cell";
}

TEST(Postmortem, OfAnOpenIncidentSaysThatItIsOpen) {
  EXPECT_THAT(postmortem_draft(failing_login().incident()), HasSubstr("Not resolved yet."));
}

}  // namespace
}  // namespace vedette::incident::test
