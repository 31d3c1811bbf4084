// SPDX-License-Identifier: Apache-2.0
// A portal eats its own mailbox: the agent sees it within one interval, also when it was down in
// the middle, and the incident says how many messages there were before and are now.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/agent/agent_fixture.h"
#include "tests/support/dovecot.h"
#include "tests/support/probe/imap_client.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

constexpr auto every = 1s;

class EatenMailbox : public testing::Test {
 protected:
  void SetUp() override {
    if (!DovecotServer::installed()) GTEST_SKIP() << "this machine has no Dovecot 2.3";
    tls_.emplace(dir_ / "tls");
    dovecot_.emplace(*tls_);
    for (int i = 0; i < 12; ++i)
      dovecot_->deliver("alice", "Subject: ticket\n\nSomething does not work.\n");
  }

  std::filesystem::path config(const std::string& more = "alarm_for: 1h") {
    ConfigText made;
    made.store = (dir_ / "vedette.db").string();
    made.components = "  - {id: portal, name: Customer Portal}\n";
    made.checks = fmt::format(
        "  - name: tickets\n    component: portal\n    every: 1s\n    timeout: 1s\n"
        "    detect: {{failures: 2, of: 3, passes: 1, confirm_after: 20ms}}\n"
        "    mailbox:\n      server: localhost:{}\n      tls: {{ca_file: \"{}\"}}\n"
        "      encryption: implicit\n"
        "      auth: {{username: alice@shop.test, password: secret-of-alice}}\n"
        "      canary: {{plant: true}}\n      {}\n",
        dovecot_->imaps(), tls_->root().string(), more);
    return dir_.write("vedette.yaml", made.text());
  }
  // Until the guard knows the mailbox and its canary is there.
  static bool guards(const RunningAgent& agent) {
    return wait_for([&] {
      return agent.metric("probe_mailbox_messages{check=\"tickets\"") == 12 &&
             agent.metric("probe_mailbox_canary{check=\"tickets\"") == 1;
    });
  }
  // What the portal does: it retrieves and deletes. Returns when it was done.
  Instant eat(std::size_t most = 100) {
    ImapClient portal(*dovecot_, *tls_);
    auto found = portal.uids("INBOX");
    found.resize(std::min(found.size(), most));
    portal.retrieve(found);
    portal.remove(found);
    return wall_now();
  }
  // All that the internal updates of the newest incident say; the agent has ended.
  std::string told_inside() {
    std::string all;
    const auto snapshot = read_store(dir_ / "vedette.db");
    for (const auto& incident : snapshot.incidents) {
      for (const auto& update : incident.updates) {
        if (!update.is_public) all += update.text + "\n";
      }
    }
    return all;
  }

  TempDir dir_;
  std::optional<TlsFiles> tls_;
  std::optional<DovecotServer> dovecot_;
};

TEST_F(EatenMailbox, IsSeenWithinOneIntervalAndTheIncidentHasTheCounts) {
  RunningAgent agent(config(), dir_ / "log");
  ASSERT_TRUE(guards(agent)) << agent.process().output();
  EXPECT_TRUE(agent.incidents().empty());
  const auto eaten = eat();
  ASSERT_TRUE(agent.wait_for_status("identified")) << agent.process().output();
  const auto incident = agent.incidents().front();
  EXPECT_LT(incident.at("started_at").as_string(), format_instant(eaten + every + 500ms));
  const auto& opening =
      incident.at("incident_updates").as_array().back();  // the newest stands first
  EXPECT_THAT(std::string(opening.at("body").as_string()),
              HasSubstr("messages are missing from the mailbox"));
  EXPECT_EQ(agent.metric("probe_mailbox_canary{check=\"tickets\""), 0);
  ASSERT_EQ(agent.process().terminate(), 0);
  EXPECT_THAT(told_inside(), HasSubstr("12 messages were removed by somebody else"));
  EXPECT_THAT(told_inside(), HasSubstr("12 messages before, 0 now"));
  EXPECT_THAT(told_inside(), HasSubstr("the canary message was removed by somebody else"));
}

TEST_F(EatenMailbox, WhileTheAgentIsDownIsSeenAfterItsStart) {
  {
    RunningAgent agent(config(), dir_ / "log1");
    ASSERT_TRUE(guards(agent)) << agent.process().output();
    ASSERT_EQ(agent.process().terminate(), 0);
  }
  eat(5);
  {
    RunningAgent agent(config(), dir_ / "log2");
    ASSERT_TRUE(agent.wait_for_status("identified")) << agent.process().output();
    agent.process().kill();
  }
  EXPECT_THAT(told_inside(), HasSubstr("12 messages before, 7 now"));
  RunningAgent agent(config("lost_at_most: 1"), dir_ / "log3");
  ASSERT_TRUE(wait_for([&] { return agent.metric("probe_mailbox_messages{") == 7; }));
  EXPECT_TRUE(agent.wait_for_verdict("tickets", 2)) << "neither a kill nor an edit ends the alarm";
  EXPECT_EQ(agent.incidents().size(), 1U);
}

TEST_F(EatenMailbox, IsOverAfterTheConfiguredTimeAndGuardedByANewCanary) {
  RunningAgent agent(config("alarm_for: 3s"), dir_ / "log");
  ASSERT_TRUE(guards(agent)) << agent.process().output();
  eat();
  ASSERT_TRUE(agent.wait_for_status("identified")) << agent.process().output();
  ASSERT_TRUE(agent.wait_for_status("resolved")) << agent.process().output();
  EXPECT_TRUE(
      wait_for([&] { return agent.metric("probe_mailbox_canary{check=\"tickets\"") == 1; }));
  EXPECT_EQ(dovecot_->messages("alice"), 1U);
  eat();
  EXPECT_TRUE(wait_for([&] { return agent.incidents().size() == 2; })) << agent.process().output();
}

}  // namespace
}  // namespace vedette::test
