// SPDX-License-Identifier: Apache-2.0
#include "probes/mailbox/decide.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/probes/mailbox/guarded.h"

namespace vedette::mailbox::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr std::optional<Reason> well{};

struct MailboxDecision : testing::Test {
  MailboxDecision() { box.deliver_many(12); }
  Guarded box;
};

TEST_F(MailboxDecision, TheFirstLookComparesWithNothing) {
  EXPECT_EQ(box.reason(), well);
  EXPECT_EQ(box.memory().messages, 12U);
}

TEST_F(MailboxDecision, MailThatArrivesIsWell) {
  box.run();
  for (int i = 0; i < 5; ++i) {
    box.deliver_many(3);
    EXPECT_EQ(box.reason(), well);
  }
}

TEST_F(MailboxDecision, ALossIsTheLastRunsMessagesThatAreGoneThoughOthersHaveArrived) {
  box.run();
  for (std::uint32_t uid = 1; uid <= 3; ++uid) box.expunge(uid);
  box.deliver_many(5);
  EXPECT_EQ(box.reason(), Reason::mailbox_shrunk);
  EXPECT_THAT(box.words, HasSubstr("3 messages were removed by somebody else"));
  EXPECT_THAT(box.words, HasSubstr("12 messages before, 14 now"));
}

TEST_F(MailboxDecision, ALossIsReportedForAsLongAsConfiguredThoughTheNextRunsSeeNothingNew) {
  box.limits.alarm_for = 1h;
  box.run();
  box.expunge(4);
  EXPECT_EQ(box.reason(), Reason::mailbox_shrunk);
  for (int minute = 1; minute < 60; ++minute) ASSERT_EQ(box.reason(), Reason::mailbox_shrunk);
  EXPECT_THAT(box.words, HasSubstr("1 message was removed"));
  EXPECT_EQ(box.reason(), well) << "an hour later what is left is the new normal";
}

TEST_F(MailboxDecision, ALossThatGoesOnIsReportedFromItsEndOn) {
  box.run();
  for (std::uint32_t uid = 1; uid <= 10; ++uid) {
    box.expunge(uid);
    ASSERT_EQ(box.reason(50min), Reason::mailbox_shrunk);
  }
  EXPECT_THAT(box.words, HasSubstr("10 messages were removed"));
  EXPECT_THAT(box.words, HasSubstr("12 messages before, 2 now"));
  EXPECT_EQ(box.reason(59min), Reason::mailbox_shrunk);
  EXPECT_EQ(box.reason(1min), well);
}

TEST_F(MailboxDecision, MarksThatAreTakenOffEndTheAlarm) {
  box.run();
  box.message(1).marked = box.message(2).marked = true;
  EXPECT_EQ(box.reason(), Reason::mailbox_deletion_marks);
  box.message(1).marked = false;
  EXPECT_EQ(box.reason(), Reason::mailbox_deletion_marks);
  EXPECT_THAT(box.words, HasSubstr("1 message was marked for deletion by somebody else"));
  box.message(2).marked = false;
  EXPECT_EQ(box.reason(), well);
}

TEST_F(MailboxDecision, MessagesThatAreBackUnderTheirUidsEndTheAlarm) {
  box.run();
  const Guarded before = box;
  box.expunge_all();
  EXPECT_EQ(box.reason(), Reason::mailbox_shrunk);
  const Guarded empty = box;
  box = before;
  box.take_memory_of(empty);
  EXPECT_EQ(box.reason(), well);
}

TEST_F(MailboxDecision, MarksThatAreCarriedOutAreOneLossNotTwo) {
  box.run();
  box.message(1).marked = true;
  EXPECT_EQ(box.reason(), Reason::mailbox_deletion_marks);
  box.expunge(1);
  EXPECT_EQ(box.reason(), Reason::mailbox_shrunk);
  EXPECT_THAT(box.words, HasSubstr("1 message was removed"));
}

TEST_F(MailboxDecision, WhoMarksMessagesAsTheyArriveIsSeenToo) {
  box.run();
  box.deliver({.read = true, .marked = true});
  EXPECT_EQ(box.reason(), Reason::mailbox_deletion_marks);
}

TEST_F(MailboxDecision, SoManyAsAllowedMayBeLostBetweenTwoRuns) {
  box.limits.lost_at_most = 2;
  box.run();
  for (std::uint32_t uid = 1; uid <= 6; uid += 2) {
    box.expunge(uid);
    box.expunge(uid + 1);
    EXPECT_EQ(box.reason(), well);
  }
  for (std::uint32_t uid = 7; uid <= 9; ++uid) box.expunge(uid);
  EXPECT_EQ(box.reason(), Reason::mailbox_shrunk);
}

TEST_F(MailboxDecision, TheFloorHoldsWithoutMemoryAndRecoversByItself) {
  box.limits.at_least = 12;
  EXPECT_EQ(box.reason(), well);
  box.expunge(1);
  box.forget();
  EXPECT_EQ(box.reason(), Reason::mailbox_shrunk);
  EXPECT_THAT(box.words, HasSubstr("11 messages are in the mailbox, at least 12 expected"));
  box.deliver();
  EXPECT_EQ(box.reason(), well);
}

TEST_F(MailboxDecision, OurOwnMessagesComeAndGoUncounted) {
  box.limits.at_least = 12;
  box.run();
  const auto round_trip = box.deliver({.own = true});
  const auto canary_of_another = box.deliver({.own = true, .canary = "another"});
  EXPECT_EQ(box.reason(), well);
  EXPECT_EQ(box.memory().messages, 12U);
  box.expunge(round_trip);
  box.message(canary_of_another).read = true;
  EXPECT_EQ(box.reason(), well);
  EXPECT_EQ(box.memory().own, (Uids{canary_of_another}));
}

TEST_F(MailboxDecision, AMailboxMadeAnewIsThatFirstOfAllAndThenTheNewNormal) {
  box.limits.at_least = 10;
  box.run();
  box.expunge_all();
  box.rebuild();
  EXPECT_EQ(box.reason(), Reason::mailbox_rebuilt);
  EXPECT_THAT(box.words, HasSubstr("UIDVALIDITY 7 before, 8 now; 12 messages before, 0 now"));
  box.deliver_many(10);
  EXPECT_EQ(box.reason(30min), Reason::mailbox_rebuilt);
  EXPECT_EQ(box.reason(31min), well);
}

TEST_F(MailboxDecision, TheOldMailboxPutBackEndsTheAlarm) {
  box.run();
  const Guarded before = box;
  box.expunge_all();
  box.rebuild();
  EXPECT_EQ(box.reason(), Reason::mailbox_rebuilt);
  EXPECT_EQ(box.reason(), Reason::mailbox_rebuilt);
  const Guarded rebuilt = box;
  box = before;
  box.take_memory_of(rebuilt);
  EXPECT_EQ(box.reason(), well) << box.words;
}

TEST_F(MailboxDecision, UidsThatGoBackAreAMailboxMadeAnewToo) {
  box.deliver_many(50);
  box.run();
  box.rebuild(7);
  box.expunge_all();
  box.rebuild(7);
  EXPECT_EQ(box.reason(), Reason::mailbox_rebuilt);
  EXPECT_EQ(box.reason(), Reason::mailbox_rebuilt);
}

TEST_F(MailboxDecision, PeopleMayReadUnlessItIsSaidThatTheyMayNot) {
  box.run();
  box.message(1).read = true;
  EXPECT_EQ(box.reason(), well);
  box.limits.read_at_most = 1;
  box.message(2).read = true;
  EXPECT_EQ(box.reason(), well);
  box.message(3).read = box.message(4).read = true;
  EXPECT_EQ(box.reason(), Reason::mailbox_read_by_others);
  EXPECT_THAT(box.words, HasSubstr("2 messages were read by somebody else"));
  box.message(3).read = false;
  EXPECT_EQ(box.reason(), well);
}

TEST_F(MailboxDecision, WhatArrivesAndIsReadBetweenTwoRunsCountsAsRead) {
  box.limits.read_at_most = 0;
  box.run();
  box.deliver({.read = true});
  EXPECT_EQ(box.reason(), Reason::mailbox_read_by_others);
}

TEST_F(MailboxDecision, AMessageThatIsGoneIsNotSaidToHaveBeenRead) {
  box.limits.read_at_most = 0;
  box.limits.lost_at_most = 5;
  box.run();
  for (std::uint32_t uid = 1; uid <= 5; ++uid) box.expunge(uid);
  EXPECT_EQ(box.reason(), well);
}

TEST_F(MailboxDecision, StoppedGrowthIsToldUntilSomethingArrives) {
  box.limits.grows_within = 1h;
  EXPECT_EQ(box.reason(), well);
  EXPECT_EQ(box.reason(1h), well);
  box.deliver({.own = true});
  EXPECT_EQ(box.reason(1min), Reason::mailbox_stopped_growing) << "our own mail is no growth";
  EXPECT_THAT(box.words, HasSubstr("one was expected within 1h"));
  box.deliver();
  EXPECT_EQ(box.reason(), well);
}

TEST_F(MailboxDecision, AFullMailboxIsTold) {
  box.limits.quota_below = 90;
  EXPECT_EQ(box.reason(), well) << "no quota";
  box.quota = QuotaUse{"STORAGE", 899, 1000};
  EXPECT_EQ(box.reason(), well);
  box.quota->used = 900;
  EXPECT_EQ(box.reason(), Reason::mailbox_full);
  EXPECT_EQ(box.words, "90 % of the quota is used (STORAGE 900 of 1000)");
  box.quota = QuotaUse{"MESSAGE", 0, 0};
  EXPECT_EQ(box.reason(), Reason::mailbox_full);
}

struct CanaryDecision : MailboxDecision {
  CanaryDecision() {
    box.limits.canary = box.limits.plant = true;
    box.run();
  }
};

TEST_F(CanaryDecision, IsPlantedOnceAndNotCounted) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(box.reason(), well);
  EXPECT_EQ(box.planted, 1);
  EXPECT_EQ(box.memory().messages, 12U);
}

TEST_F(CanaryDecision, IsNeverPlantedWithoutConsent) {
  Guarded other;
  other.limits.canary = true;
  EXPECT_EQ(other.reason(), well);
  EXPECT_EQ(other.planted, 0);
}

TEST_F(CanaryDecision, ReadByOthersIsToldUntilItIsUnreadAgain) {
  box.canary().read = true;
  EXPECT_EQ(box.reason(), Reason::mailbox_read_by_others);
  EXPECT_EQ(box.reason(), Reason::mailbox_read_by_others);
  EXPECT_THAT(box.words, HasSubstr("the canary message was read by somebody else"));
  box.canary().read = false;
  EXPECT_EQ(box.reason(), well);
  EXPECT_EQ(box.planted, 1);
}

TEST_F(CanaryDecision, MarkedForDeletionAndRemovedAreToldApart) {
  box.canary().marked = true;
  EXPECT_EQ(box.reason(), Reason::mailbox_deletion_marks);
  box.expunge(13);
  EXPECT_EQ(box.reason(), Reason::mailbox_shrunk);
  EXPECT_THAT(box.words, HasSubstr("the canary message was removed by somebody else"));
}

TEST_F(CanaryDecision, IsReplacedWhenTheAlarmIsOverAndTheNextThiefIsCaughtAgain) {
  box.expunge(13);
  EXPECT_EQ(box.reason(), Reason::mailbox_shrunk);
  EXPECT_EQ(box.reason(59min), Reason::mailbox_shrunk);
  EXPECT_EQ(box.planted, 1) << "not while somebody may be at it";
  EXPECT_EQ(box.reason(1min), well);
  EXPECT_EQ(box.planted, 2);
  EXPECT_EQ(box.reason(), well);
  box.expunge(14);
  EXPECT_EQ(box.reason(), Reason::mailbox_shrunk);
}

TEST_F(CanaryDecision, OfARunWhoseMemoryWasLostIsTakenOverUnlessSomebodyWasAtIt) {
  box.forget();
  EXPECT_EQ(box.reason(), well);
  EXPECT_EQ(box.planted, 1);
  EXPECT_EQ(box.memory().canary->token, "token-1");
  box.canary().read = true;
  box.forget();
  EXPECT_EQ(box.reason(), well);
  EXPECT_EQ(box.planted, 2);
}

TEST_F(CanaryDecision, IsKnownAgainAfterTheMailboxWasMadeAnew) {
  box.rebuild();
  EXPECT_EQ(box.reason(), Reason::mailbox_rebuilt);
  EXPECT_EQ(box.reason(1h), well);
  EXPECT_EQ(box.planted, 1);
}

TEST_F(CanaryDecision, WhatExplainsTheOthersIsNamedAndAllIsInTheEvidence) {
  box.limits.at_least = 10;
  box.expunge_all();
  const auto decision = box.run();
  ASSERT_NE(decision.worst(), nullptr);
  EXPECT_EQ(decision.worst()->reason, Reason::mailbox_shrunk);
  const auto unmet = std::ranges::count_if(
      decision.findings, [](const Finding& one) { return one.reason.has_value(); });
  EXPECT_EQ(unmet, 3) << "the floor, the loss, the canary";
}

TEST_F(CanaryDecision, AClockThatIsPutBackMakesNoAlarmEndless) {
  box.expunge(1);
  box.canary().read = true;
  EXPECT_TRUE(box.reason());
  EXPECT_TRUE(box.reason(-24h * 365));
  EXPECT_EQ(box.reason(1h), well);
}

TEST_F(CanaryDecision, NothingNewMeansNothingNewToWriteDown) {
  const auto remembered = write(box.run().next);
  for (int i = 0; i < 10; ++i) EXPECT_EQ(write(box.run().next), remembered);
}

TEST(MailboxMemory, IsReadAsItWasWrittenAndFitsItsBound) {
  Memory memory;
  memory.about = "k3v9q1x0a7c2";
  memory.uidvalidity = memory.uidnext = memory.messages = memory.unseen = memory.marked =
      4294967295;
  for (std::uint32_t i = 0; i < max_own; ++i) memory.own.push_back(4294960000 + 2 * i);
  memory.grown = Instant(Duration(1'795'000'000'000));
  memory.canary = Canary{std::string(80, 'x'), 4294967295, memory.grown};
  memory.lost = memory.read = Event{memory.grown, memory.grown, 4294967295, 4294967295, 4294967295};
  memory.rebuilt = Rebuilt{memory.grown, 4294967295, 4294967295};
  const std::string text = write(memory);
  EXPECT_LE(text.size(), longest_memory);
  EXPECT_EQ(read(text, memory.about), memory);
  EXPECT_FALSE(read(text, "another one"));
}

TEST(MailboxMemory, WhatIsNoneIsNone) {
  for (const auto* text :
       {"", "mailbox 1", "mailbox 2\nabout here\n", "mailbox 1\nabout here\nseen 1 2\n",
        "mailbox 1\nabout here\nown 0\n", "mailbox 1\nabout here\nnews 1\n",
        "mailbox 1\nabout here\nseen 1 2 3 4 5 6 7\n", "mailbox 1\nabout here\nown 1:4000000000\n"})
    EXPECT_FALSE(read(text, "here")) << text;
}

}  // namespace
}  // namespace vedette::mailbox::test
