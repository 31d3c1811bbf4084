// SPDX-License-Identifier: Apache-2.0
// Certificates that are really refused, from the handshake to the timeline; and trusted roots that
// change under the running agent.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/agent/agent_fixture.h"
#include "tests/support/test_site.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string tls_check(std::string_view port, const std::filesystem::path& roots) {
  return "  - {name: shop-tls, component: shop, every: 100ms, timeout: 100ms, detect: "
         "{confirm_after: 20ms}, http: {url: \"" +
         test_site().url(port) + "\", tls: {ca_file: \"" + roots.string() + "\"}}}\n";
}

struct CertificateTest : AgentTest {
  void SetUp() override {
    if (!Nginx::installed()) GTEST_SKIP() << "nginx is not installed";
  }
  std::filesystem::path config(std::string_view port, const std::filesystem::path& roots) {
    auto made = AgentTest::config();
    made.checks = tls_check(port, roots);
    return write(made);
  }
};

TEST_F(CertificateTest, ARefusedOneIsInTheInternalTimelineAndNotInThePublicOne) {
  {
    RunningAgent agent(config("expired", test_site().tls().root()), dir / "log");
    ASSERT_TRUE(agent.wait_for_status("identified")) << agent.process().output();
    ASSERT_EQ(agent.process().terminate(), 0);
  }
  const auto kept = read_store(dir / "vedette.db");
  ASSERT_EQ(kept.incidents.size(), 1U);
  std::string internal;
  std::string shown;
  for (const auto& update : kept.incidents.front().updates)
    (update.is_public ? shown : internal) += update.text + "\n";
  EXPECT_THAT(internal, HasSubstr("tls_expired"));
  EXPECT_THAT(internal, HasSubstr("certificate_subject: CN=shop.test"));
  EXPECT_THAT(internal, HasSubstr("certificate_not_after: "));
  EXPECT_THAT(internal, HasSubstr("certificate_sha256: "));
  EXPECT_THAT(internal, HasSubstr("remote_address: 127.0.0.1"));
  EXPECT_THAT(shown, HasSubstr("expired"));
  EXPECT_THAT(shown, Not(HasSubstr("shop.test")));
  EXPECT_THAT(shown, Not(HasSubstr("127.0.0.1")));
}

TEST_F(CertificateTest, RootsThatChangeAreInUseWithinSecondsInBothDirections) {
  const auto theirs = read_text_file(test_site().tls().root());
  const auto others = read_text_file(test_site().tls().client_root());
  const auto roots = dir.write("roots.pem", others);
  RunningAgent agent(config("tls", roots), dir / "log");
  ASSERT_TRUE(agent.wait_for_verdict("shop-tls", 2));
  EXPECT_TRUE(agent.wait_for_log("reason=tls_unknown_issuer"));
  dir.write("roots.pem", theirs);
  ASSERT_TRUE(agent.wait_for_verdict("shop-tls", 0)) << "what was replaced is not trusted";
  EXPECT_TRUE(wait_for([&] { return agent.metric("vedette_tls_memo_hits_total") > 0; }));
  EXPECT_GT(agent.metric("vedette_tls_memo_misses_total"), 0);
  EXPECT_GE(agent.metric("vedette_tls_roots_loaded_total"), 2);
  dir.write("roots.pem", others);
  EXPECT_TRUE(agent.wait_for_verdict("shop-tls", 2)) << "what was taken away is still trusted";
}

}  // namespace
}  // namespace vedette::test
