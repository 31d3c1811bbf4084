// SPDX-License-Identifier: Apache-2.0
// What a relay can do to a message: alter, double, delay, lose it, or break what comes after.
#include "tests/integration/round_trip/round_trip_fixture.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

using testing::HasSubstr;

class RoundTripRelay : public RoundTripTest {
 protected:
  // Delivers to alice's inbox what `change` makes of each message.
  template <class Change>
  SmtpRelay::OnMessage delivering(Change change) {
    return [this, change](const std::string& message) {
      dovecot().deliver("alice", change(message));
      return "250 2.0.0 Ok";
    };
  }
  SmtpRelay::OnMessage delivering() {
    return delivering([](const std::string& message) { return message; });
  }
};

std::string replaced(std::string text, std::string_view what, std::string_view by) {
  return text.replace(text.find(what), what.size(), by);
}

TEST_F(RoundTripRelay, ADisclaimerIsAnAlteration) {
  SmtpRelay relay(delivering([](const std::string& m) { return m + "-- \nScanned.\n"; }));
  const Result result = run(relayed(relay));
  EXPECT_THAT(result, FailsWith(Reason::mail_altered));
  EXPECT_THAT(result.message, HasSubstr("2 lines stood behind the end of the body"));
  EXPECT_EQ(gauge(result, "probe_mail_altered"), 1);
  EXPECT_THAT(run(relayed(relay, "altered: accept")), Passes());
}

TEST_F(RoundTripRelay, AMessageWithoutOurHeadersIsKnownByItsIdAndDeleted) {
  SmtpRelay relay(delivering([](const std::string& message) {
    const auto begin = message.find("X-Vedette-Check");
    return message.substr(0, begin) + message.substr(message.find("Date:"));
  }));
  const Result result = run(relayed(relay));
  EXPECT_THAT(result, FailsWith(Reason::mail_altered));
  EXPECT_THAT(result.message, HasSubstr("the header X-Vedette-Check was missing"));
}

TEST_F(RoundTripRelay, ABodyOfAnotherKindIsAnAlteration) {
  SmtpRelay relay(
      delivering([](const std::string& m) { return replaced(m, "text/plain", "text/html"); }));
  EXPECT_THAT(run(relayed(relay)).message, HasSubstr("the body became \"text/html\""));
}

TEST_F(RoundTripRelay, TwoCopiesAreToldAndBothDeleted) {
  SmtpRelay relay([this](const std::string& message) {
    dovecot().deliver("alice", message);
    dovecot().deliver("alice", message, "Junk");
    return "250 2.0.0 Ok";
  });
  const Result result = run(relayed(relay));
  EXPECT_THAT(result, DegradesWith(Reason::mail_duplicated)) << "one copy is where it should be";
  EXPECT_EQ(result.message, "the message arrived 2 times");
  EXPECT_EQ(gauge(result, "probe_mail_copies"), 2);
}

TEST_F(RoundTripRelay, ACopyThatComesLaterIsToldByTheNextRunAlsoAfterARestart) {
  SmtpRelay relay(delivering());
  const Result first = run(relayed(relay));
  ASSERT_THAT(first, Passes());
  dovecot().deliver("alice", relay.messages().front());
  const Result second = run(relayed(relay), 20s, first.memory.value());
  EXPECT_THAT(second, DegradesWith(Reason::mail_duplicated));
  EXPECT_THAT(run(relayed(relay), 20s, second.memory.value()), Passes());
}

TEST_F(RoundTripRelay, AMessageThatComesAfterItsRunIsClearedByALaterOne) {
  SmtpRelay lossy([](const std::string&) { return "250 2.0.0 Ok"; });
  EXPECT_THAT(run(relayed(lossy, "within: 100ms")), FailsWith(Reason::mail_not_delivered));
  dovecot().deliver("alice", lossy.messages().front());
  SmtpRelay relay(delivering());
  // Not before no run can be waiting for it any more.
  EXPECT_THAT(run(relayed(relay), 60s), Passes());
  EXPECT_EQ(inbox(), 1u);
  EXPECT_TRUE(wait_for([&] { return run(relayed(relay), 2s), inbox() == 0; }));
}

TEST_F(RoundTripRelay, TheServersWordAboutTheMessageCounts) {
  SmtpRelay full([](const std::string&) { return "552 5.2.2 mailbox full"; });
  EXPECT_THAT(run(relayed(full)), FailsWith(Reason::mail_refused));
  SmtpRelay busy([](const std::string&) { return "451 4.3.0 try again later"; });
  const Result deferred = run(relayed(busy));
  EXPECT_THAT(deferred, FailsWith(Reason::mail_deferred));
  EXPECT_EQ(deferred.message,
            "submission: the server refused the message for now: 451 4.3.0 try again later");
}

TEST_F(RoundTripRelay, AMailboxServerThatGoesAwayIsNamedAndTheMessageClearedLater) {
  SmtpRelay breaking([this](const std::string& message) {
    dovecot().deliver("alice", message);
    dovecot().stop();
    return "250 2.0.0 Ok";
  });
  const Result result = run(relayed(breaking), 3s);
  EXPECT_EQ(result.outcome, Outcome::fail);
  EXPECT_EQ(result.message.find("mailbox: delivery: "), 0u) << result.message;
  dovecot().start();
  SmtpRelay relay(delivering());
  EXPECT_TRUE(wait_for([&] { return run(relayed(relay), 2s), inbox() == 0; }));
}

TEST_F(RoundTripRelay, RunsOfOneCheckAtOnceDoNotMistakeEachOthersMessages) {
  SmtpRelay relay(delivering());
  for (const Result& result : run_at_once(relayed(relay), 4)) EXPECT_THAT(result, Passes());
  EXPECT_EQ(relay.messages().size(), 4u);
}

}  // namespace
}  // namespace vedette::test
