// SPDX-License-Identifier: Apache-2.0
// Only what a run of this very check has left behind is ever deleted.
#include "probes/round_trip/leftovers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes/round_trip/memory.h"

namespace vedette::round_trip {
namespace {

using namespace std::chrono_literals;
using testing::ElementsAre;
using testing::IsEmpty;

constexpr Instant now{std::chrono::milliseconds(1795608000000)};
const std::string owner = owner_of(7);

Token token(Duration age, std::uint8_t number = 0, const std::string& of = owner) {
  return {of, std::chrono::floor<std::chrono::seconds>(now - age), {number}};
}

message::Headers marked(const Token& token) {
  return {{"X-Vedette-Check", token.owner}, {"X-Vedette-Token", token.text()}};
}

std::vector<std::uint32_t> cleared(std::vector<Candidate> candidates,
                                   std::vector<Token> settled = {}, std::size_t limit = 20) {
  std::vector<std::uint32_t> uids;
  for (const Leftover& leftover : leftovers(candidates, owner, now, 60s, settled, limit)) {
    uids.push_back(leftover.uid);
  }
  return uids;
}

TEST(Leftovers, AreOldMessagesOfThisCheckOldestFirst) {
  EXPECT_THAT(cleared({{9, marked(token(2h))}, {4, marked(token(61s))}, {5, marked(token(1h))}}),
              ElementsAre(4, 5, 9));
}

TEST(Leftovers, AreNeverWhatAnotherRunMayBeWaitingFor) {
  EXPECT_THAT(cleared({{1, marked(token(59s))}, {2, marked(token(-1h))}}), IsEmpty());
}

TEST(Leftovers, AreNeverOfAnotherCheckOrAgent) {
  const std::string other = owner_of(8);
  EXPECT_THAT(
      cleared({{1, marked(token(1h, 0, other))},
               {2, {{"X-Vedette-Check", owner}, {"X-Vedette-Token", token(1h, 0, other).text()}}},
               {3, {{"X-Vedette-Check", other}, {"X-Vedette-Token", token(1h).text()}}}}),
      IsEmpty());
}

TEST(Leftovers, AreNeverWhatOnlyLooksLikeOne) {
  const std::string mark = token(1h).text();
  EXPECT_THAT(
      cleared(
          {{1, {{"Subject", "Re: Vedette mail check " + mark}}},
           {2, {{"X-Vedette-Token", mark}}},
           {3, {{"X-Vedette-Check", owner}}},
           {4, {{"X-Vedette-Check", owner}, {"X-Vedette-Token", mark + "x"}}},
           {5, {{"X-Vedette-Check", owner}, {"X-Vedette-Token", mark}, {"X-Vedette-Token", mark}}},
           {6, {{"X-Vedette-Check", owner}, {"X-Vedette-Token", "about " + mark}}},
           {7, {}}}),
      IsEmpty());
}

TEST(Leftovers, AreAtMostSoManyInARun) {
  std::vector<Candidate> many;
  for (std::uint32_t uid = 100; uid > 0; --uid) many.push_back({uid, marked(token(1h))});
  EXPECT_THAT(cleared(many, {}, 3), ElementsAre(1, 2, 3));
  EXPECT_THAT(cleared(many, {}, 0), IsEmpty());
}

TEST(Leftovers, OfARunThatHasEndedNeedNotBeOld) {
  EXPECT_THAT(cleared({{1, marked(token(1s, 1))}, {2, marked(token(1s, 2))}}, {token(1s, 2)}),
              ElementsAre(2));
}

TEST(Memory, KeepsTheLastTokens) {
  std::string memory;
  for (std::uint8_t i = 0; i < 40; ++i) memory = remember(recall(memory, owner), token(1s, i));
  const auto known = recall(memory, owner);
  ASSERT_EQ(known.size(), max_remembered);
  EXPECT_EQ(known.back(), token(1s, 39));
  EXPECT_EQ(known.front(), token(1s, 24));
}

TEST(Memory, OfAnotherOwnerOrNonsenseIsNone) {
  EXPECT_THAT(recall(token(1s).text(), owner_of(8)), IsEmpty());
  EXPECT_THAT(recall("  x vedette- \n", owner), IsEmpty());
}

}  // namespace
}  // namespace vedette::round_trip
