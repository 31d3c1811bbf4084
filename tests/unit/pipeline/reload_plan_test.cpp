// SPDX-License-Identifier: Apache-2.0
#include "agent/pipeline/reload_plan.h"

#include <gtest/gtest.h>

namespace vedette::pipeline {
namespace {

settings::Check check(std::string name, std::string fingerprint) {
  settings::Check made;
  made.name = std::move(name);
  made.fingerprint = std::move(fingerprint);
  return made;
}

TEST(ReloadPlan, TellsRemovedChangedAddedAndUnchangedApart) {
  const std::vector<settings::Check> next{check("same", "1"), check("edited", "2"),
                                          check("new", "1")};
  const auto plan = plan_reload({{"same", "1"}, {"edited", "1"}, {"gone", "1"}}, next);
  EXPECT_EQ(plan.removed, std::vector<std::string>{"gone"});
  ASSERT_EQ(plan.changed.size(), 1U);
  EXPECT_EQ(plan.changed.front()->name, "edited");
  ASSERT_EQ(plan.added.size(), 1U);
  EXPECT_EQ(plan.added.front()->name, "new");
  EXPECT_EQ(plan.unchanged, 1U);
}

TEST(ReloadPlan, TheFirstLoadAddsEverything) {
  const std::vector<settings::Check> next{check("a", "1"), check("b", "1")};
  const auto plan = plan_reload({}, next);
  EXPECT_EQ(plan.added.size(), 2U);
  EXPECT_TRUE(plan.removed.empty());
  EXPECT_TRUE(plan.changed.empty());
}

TEST(ReloadPlan, ARenamedCheckIsAnotherCheck) {
  const std::vector<settings::Check> next{check("after", "1")};
  const auto plan = plan_reload({{"before", "1"}}, next);
  EXPECT_EQ(plan.removed, std::vector<std::string>{"before"});
  EXPECT_EQ(plan.added.size(), 1U);
}

}  // namespace
}  // namespace vedette::pipeline
