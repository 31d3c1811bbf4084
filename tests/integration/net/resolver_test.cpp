// SPDX-License-Identifier: Apache-2.0
// Names through c-ares on the loop, against a DNS server that does as it is told.
#include "probes/net/resolver.h"

#include <chrono>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes/net/http_client.h"
#include "probes/task_group.h"
#include "tests/support/dns_server.h"
#include "tests/support/free_port.h"
#include "tests/support/run_coroutine.h"

namespace vedette::net {
namespace {

using namespace std::chrono_literals;
using Kind = test::DnsAnswer::Kind;
using Answer = std::expected<std::vector<std::string>, Failure>;

class ResolverTest : public testing::Test {
 protected:
  Answer ask(const std::string& host, IpFamily family = IpFamily::any, Duration within = 5s) {
    return test::run_coroutine(loop_, resolver_->resolve(host, family, Deadline::in(within)));
  }

  test::ScriptedDnsServer dns_{{
      {"both.test", {.v4 = {"127.0.0.1", "127.0.0.2"}, .v6 = {"::1"}}},
      {"v4.test", {.v4 = {"127.0.0.4"}}},
      {"servfail.test", {.kind = Kind::servfail}},
      {"refused.test", {.kind = Kind::refused}},
      {"silent.test", {.kind = Kind::silence}},
      {"garbage.test", {.kind = Kind::garbage}},
      {"wrong.test", {.kind = Kind::wrong_id, .v4 = {"127.0.0.6"}}},
      {"empty.test", {}},
      {"slow.test", {.v4 = {"127.0.0.5"}, .delay = 300ms}},
  }};
  boost::asio::io_context loop_;
  std::unique_ptr<Resolver> resolver_ = make_resolver(loop_, dns_.address());
};

Reason reason(const Answer& answer) {
  EXPECT_FALSE(answer.has_value());
  return answer ? Reason::agent_late : answer.error().reason;
}

TEST_F(ResolverTest, GivesBothFamiliesOrTheOneAskedFor) {
  EXPECT_THAT(ask("both.test").value(),
              testing::UnorderedElementsAre("127.0.0.1", "127.0.0.2", "::1"));
  EXPECT_THAT(ask("both.test", IpFamily::v4).value(),
              testing::ElementsAre("127.0.0.1", "127.0.0.2"));
  EXPECT_THAT(ask("both.test", IpFamily::v6).value(), testing::ElementsAre("::1"));
}

TEST_F(ResolverTest, NamesTheReasonOfEachFailure) {
  EXPECT_EQ(reason(ask("nobody.test")), Reason::dns_nxdomain);
  EXPECT_EQ(reason(ask("empty.test")), Reason::dns_no_data);
  EXPECT_EQ(reason(ask("v4.test", IpFamily::v6)), Reason::dns_no_data);
  EXPECT_EQ(reason(ask("servfail.test")), Reason::dns_servfail);
  EXPECT_EQ(reason(ask("refused.test")), Reason::dns_refused);
  EXPECT_EQ(reason(ask("silent.test", IpFamily::any, 200ms)), Reason::dns_timeout);
}

// Anybody may send such things; whoever believed them would be fooled (RFC 5452).
TEST_F(ResolverTest, AnswerThatDoesNotFitTheQuestionIsIgnored) {
  EXPECT_EQ(reason(ask("garbage.test", IpFamily::any, 200ms)), Reason::dns_timeout);
  EXPECT_EQ(reason(ask("wrong.test", IpFamily::any, 200ms)), Reason::dns_timeout);
}

TEST_F(ResolverTest, NameThatCannotBeOneIsMalformed) {
  EXPECT_EQ(reason(ask(std::string(70, 'a') + ".test")), Reason::dns_malformed);
  EXPECT_EQ(reason(ask("a..test")), Reason::dns_malformed);
}

TEST_F(ResolverTest, LiteralsAnswerAtOnceWithoutAQuestion) {
  EXPECT_THAT(ask("192.0.2.1").value(), testing::ElementsAre("192.0.2.1"));
  EXPECT_THAT(ask("2001:db8::1").value(), testing::ElementsAre("2001:db8::1"));
  EXPECT_THAT(ask("[2001:db8::1]").value(), testing::ElementsAre("2001:db8::1"));
  EXPECT_EQ(reason(ask("192.0.2.1", IpFamily::v6)), Reason::dns_no_data);
  EXPECT_TRUE(dns_.queries().empty());
}

TEST_F(ResolverTest, LocalhostIsLoopbackWithoutAQuestion) {
  EXPECT_THAT(ask("localhost").value(), testing::ElementsAre("127.0.0.1", "::1"));
  EXPECT_THAT(ask("LocalHost.", IpFamily::v6).value(), testing::ElementsAre("::1"));
  EXPECT_THAT(ask("shop.localhost", IpFamily::v4).value(), testing::ElementsAre("127.0.0.1"));
  EXPECT_TRUE(dns_.queries().empty());
}

TEST_F(ResolverTest, NothingIsCached) {
  ask("v4.test", IpFamily::v4);
  ask("v4.test", IpFamily::v4);
  EXPECT_EQ(dns_.queries().size(), 2U);
}

TEST_F(ResolverTest, ClosedPortIsToldAtOnce) {
  // A UDP port that nobody has: the kernel says so.
  const auto resolver = make_resolver(loop_, "127.0.0.1:1");
  const auto begin = Steady::now();
  const auto answer =
      test::run_coroutine(loop_, resolver->resolve("v4.test", IpFamily::v4, Deadline::in(5s)));
  EXPECT_EQ(reason(answer), Reason::dns_refused);
  EXPECT_LT(Steady::now() - begin, 2s);
}

TEST_F(ResolverTest, OneWaiterGivesUpAndTheOthersAreAnswered) {
  Answer hasty;
  Answer patient;
  TaskGroup tasks(loop_.get_executor(), [](std::exception_ptr) { ADD_FAILURE(); });
  const auto wait = [this](Answer& answer, Duration within) -> boost::asio::awaitable<void> {
    answer = co_await resolver_->resolve("slow.test", IpFamily::v4, Deadline::in(within));
  };
  tasks.spawn(wait(hasty, 50ms));
  tasks.spawn(wait(patient, 5s));
  loop_.run();
  EXPECT_EQ(reason(hasty), Reason::dns_timeout);
  EXPECT_THAT(patient.value(), testing::ElementsAre("127.0.0.5"));
}

TEST_F(ResolverTest, ManyQuestionsAtOnce) {
  int answered = 0;
  TaskGroup tasks(loop_.get_executor(), [](std::exception_ptr) { ADD_FAILURE(); });
  const auto wait = [this, &answered]() -> boost::asio::awaitable<void> {
    answered +=
        (co_await resolver_->resolve("v4.test", IpFamily::any, Deadline::in(20s))).has_value();
  };
  // So many fit into the socket buffer of a server that has no time to read just now; more of them
  // would be lost, again and again.
  constexpr int questions = 200;
  for (int i = 0; i < questions; ++i) tasks.spawn(wait());
  loop_.run();
  EXPECT_EQ(answered, questions);
}

TEST_F(ResolverTest, IsDestroyedWithQuestionsOpen) {
  bool ended = false;
  TaskGroup tasks(loop_.get_executor(), [&](std::exception_ptr) { ADD_FAILURE(); });
  const auto wait = [this, &ended]() -> boost::asio::awaitable<void> {
    (void)co_await resolver_->resolve("silent.test", IpFamily::any, Deadline::in(20s));
    ended = true;
  };
  tasks.spawn(wait());
  loop_.poll();
  resolver_.reset();
  loop_.restart();
  tasks.cancel();
  loop_.run();
  EXPECT_EQ(tasks.size(), 0U);
}

TEST_F(ResolverTest, ListOfServersThatMakesNoSenseIsSaid) {
  EXPECT_THROW(make_resolver(loop_, "not an address"), std::runtime_error);
}

TEST_F(ResolverTest, LoopRunsDryWhenNothingIsAsked) {
  ask("v4.test");
  loop_.restart();
  loop_.run();
  SUCCEED();
}

}  // namespace
}  // namespace vedette::net
