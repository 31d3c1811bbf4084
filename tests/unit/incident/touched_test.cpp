// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/touched.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/incident/world.h"

namespace vedette::incident::test {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

Change change(const std::string& id, Instant when, std::vector<std::string> components) {
  Change one;
  one.id = id;
  one.at = when;
  one.components = std::move(components);
  return one;
}

Maintenance work(const std::string& component) {
  return announced({.series = "",
                    .title = "New disks",
                    .description = "",
                    .author = "Ann",
                    .components = {component},
                    .names = {"Shop"},
                    .begin = at(100),
                    .end = at(1000),
                    .verify_for = std::chrono::seconds{60}},
                   at(0));
}

TEST(Touched, TellsAChangeOnce) {
  Touched touched;
  EXPECT_THAT(touched.news({}, {}, at(0)), IsEmpty());
  const auto deploy = change("one", at(5), {"shop", "portal"});
  EXPECT_THAT(touched.news({deploy}, {}, at(6)), ElementsAre("portal", "shop"));
  EXPECT_THAT(touched.news({deploy}, {}, at(7)), IsEmpty());
  EXPECT_THAT(touched.news({change("two", at(5), {"shop"}), deploy}, {}, at(8)),
              ElementsAre("shop"));
}

TEST(Touched, WhatWasThereAtTheStartIsNoNews) {
  Touched touched;
  EXPECT_THAT(touched.news({change("one", at(5), {"shop"})}, {}, at(6)), IsEmpty());
  EXPECT_THAT(touched.news({change("one", at(5), {"shop"})}, {}, at(7)), IsEmpty());
}

TEST(Touched, WhatWasDoneLongAgoMakesNobodyLook) {
  Touched touched;
  touched.news({}, {}, at(0));
  EXPECT_THAT(touched.news({change("one", at(0), {"shop"})}, {}, at(3600)), IsEmpty());
  EXPECT_THAT(touched.news({change("two", at(1), {"shop"})}, {}, at(3600)), ElementsAre("shop"));
}

TEST(Touched, AMaintenanceTouchesWhenItBeginsAndWhenItsWorkEnds) {
  Touched touched;
  Maintenance one = work("shop");
  touched.news({}, {}, at(0));
  EXPECT_THAT(touched.news({}, {one}, at(50)), IsEmpty()) << "it is only planned";
  one = advanced(one, at(101));
  EXPECT_THAT(touched.news({}, {one}, at(101)), ElementsAre("shop"));
  one = commented(one, "Half of it is done.", "Ann", at(500)).value();
  EXPECT_THAT(touched.news({}, {one}, at(500)), IsEmpty()) << "a word is no deed";
  one = advanced(one, at(1001));
  EXPECT_THAT(touched.news({}, {one}, at(1001)), ElementsAre("shop"));
}

TEST(Touched, AMaintenanceThatIsCancelledBeforeItBeganTouchesNothing) {
  Touched touched;
  touched.news({}, {}, at(0));
  const auto one = cancelled(work("shop"), "Ann", at(50)).value();
  EXPECT_THAT(touched.news({}, {one}, at(51)), IsEmpty());
}

Component named(const std::string& id, std::vector<std::string> depends_on) {
  Component component;
  component.id = component.name = id;
  component.depends_on = std::move(depends_on);
  return component;
}

TEST(WithDependents, TakesAllInThatDependOnThemThroughOthersToo) {
  const std::vector<Component> components{named("disk", {}), named("shop", {"disk"}),
                                          named("page", {"shop"}), named("mail", {})};
  EXPECT_THAT(with_dependents({"disk"}, components), ElementsAre("disk", "page", "shop"));
  EXPECT_THAT(with_dependents({"page"}, components), ElementsAre("page"));
  EXPECT_THAT(with_dependents({"gone"}, components), IsEmpty());
}

}  // namespace
}  // namespace vedette::incident::test
