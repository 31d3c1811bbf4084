// SPDX-License-Identifier: Apache-2.0
// What a run deletes beside its own message: what earlier runs of the same check left, nothing
// else.
#include "probes/round_trip/compose.h"
#include "tests/integration/round_trip/round_trip_fixture.h"

namespace vedette::test {
namespace {

using round_trip::Token;

constexpr std::uint64_t identity = 0;  // of the check that the fixture runs

class RoundTripLeftovers : public RoundTripTest {
 protected:
  // A message as a run of that check would have sent it, so long ago.
  static std::string message(Duration age, std::uint64_t of = identity, std::uint8_t number = 0) {
    const Instant sent = wall_now() - age;
    const Token token{
        round_trip::owner_of(of), std::chrono::floor<std::chrono::seconds>(sent), {number}};
    return round_trip::compose({{"", "bob@shop.test"}, {"", "alice@shop.test"}, "old", {}, "x\n"},
                               token, sent)
        .text;
  }
};

TEST_F(RoundTripLeftovers, OfAKilledRunAreClearedInEveryFolder) {
  dovecot().deliver("alice", message(1h));
  dovecot().deliver("alice", message(2h), "Junk");
  const Result result = run(section("alice"));
  EXPECT_THAT(result, Passes());
  EXPECT_EQ(fact(result, "leftovers_cleared"), "2");
  EXPECT_EQ(gauge(result, "probe_mail_leftovers_cleared"), 2);
}

TEST_F(RoundTripLeftovers, AreClearedAFewAtATime) {
  for (std::uint8_t i = 0; i < 7; ++i) dovecot().deliver("alice", message(1h, identity, i));
  EXPECT_EQ(fact(run(section("alice", "clear_leftovers: 0")), "leftovers_cleared"), "");
  EXPECT_EQ(inbox(), 7u);
  EXPECT_EQ(fact(run(section("alice", "clear_leftovers: 5")), "leftovers_cleared"), "5");
  EXPECT_EQ(inbox(), 2u);
  EXPECT_EQ(fact(run(section("alice", "clear_leftovers: 5")), "leftovers_cleared"), "2");
}

TEST_F(RoundTripLeftovers, AreNeverMailOfOthers) {
  const std::string old = message(1h);
  const std::string token = old.substr(old.find("X-Vedette-Token: ") + 17, 70);
  const std::string owner = round_trip::owner_of(identity);
  dovecot().deliver("alice", "Subject: a letter\n\nDear Alice\n");
  dovecot().deliver("alice", "Subject: Re: Vedette mail check " + token + "\n\n" + old);
  dovecot().deliver("alice", "X-Vedette-Check: " + owner + "\nX-Vedette-Token: vedette-" + owner +
                                 "-1-abc\n\nlooks like one\n");
  dovecot().deliver("alice", "X-Vedette-Check: " + owner + "\n\nhalf of one\n");
  dovecot().deliver("alice", message(1h, identity + 1));  // another check, or another agent's
  dovecot().deliver("alice", message(1s));                // a run that is still waiting
  EXPECT_THAT(run(section("alice")), Passes());
  EXPECT_EQ(inbox(), 6u);
  empty_inbox();
}

TEST_F(RoundTripLeftovers, MessagesThatOthersMarkedAsDeletedStay) {
  dovecot().deliver("alice", "Subject: marked by its owner\n\nx\n");
  mark_all_deleted();
  EXPECT_THAT(run(section("alice")), Passes());
  EXPECT_EQ(inbox(), 1u);
  empty_inbox();
}

}  // namespace
}  // namespace vedette::test
