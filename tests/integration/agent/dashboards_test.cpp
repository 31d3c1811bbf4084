// SPDX-License-Identifier: Apache-2.0
// The dashboards and rules against what they are for: a real agent goes through an outage and some
// trouble of its own, a real Prometheus scrapes it and records, and tests/dashboards/ask.py asks
// every query of dashboards/ back from it.
#include <chrono>
#include <csignal>
#include <regex>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "tests/integration/agent/agent_fixture.h"
#include "tests/support/dovecot.h"
#include "tests/support/knot.h"
#include "tests/support/postfix.h"
#include "tests/support/prometheus.h"
#include "tests/support/test_site.h"
#include "tests/support/wait_for.h"
#include "tests_config/paths.h"

namespace vedette::test {
namespace {

using namespace std::chrono_literals;

constexpr auto every = 250ms;  // scrapes, and evaluations of rules

std::string indented(const std::string& text) {
  return std::regex_replace(text, std::regex("(^|\n)(?=.)"), "$1    ");
}

// A check with quick settings; `probe` is its section.
std::string check(const std::string& name, const std::string& component, const std::string& probe,
                  const std::string& every_and_timeout = "every: 200ms\ntimeout: 200ms") {
  return fmt::format(
      "  - name: {}\n    component: {}\n{}\n{}\n", name, component, indented(every_and_timeout),
      indented("detect: {failures: 2, of: 3, passes: 2, confirm_after: 20ms}\n" + probe));
}

struct DashboardsTest : AgentTest {
  void SetUp() override {
    if (!Nginx::installed() || !Knot::installed() || !PostfixServer::installed() ||
        !DovecotServer::installed()) {
      GTEST_SKIP() << "needs nginx, Knot, Postfix and Dovecot 2.3, and root";
    }
    auto ten_days = TlsFiles::shop();
    ten_days.not_after = 24h * 10;
    tls_.add("ten_days", ten_days);
    dovecot_.emplace(tls_, DovecotOptions{.identity = "ten_days"});
    postfix_.emplace(tls_, *dovecot_);
    dovecot_->deliver("carol", "Subject: order\n\nOne pizza.\n");
    std::filesystem::create_directory(dir / "knot");
    knot_.emplace(dir / "knot",
                  std::vector<KnotZone>{{.name = "shop.test",
                                         .records = "@ SOA ns hostmaster 1 60 60 600 60\n@ NS ns\n"
                                                    "ns A 127.0.0.1\nwww A 192.0.2.1\n",
                                         .sign = true,
                                         .signatures_days = 1}},
                  KnotOptions{.addresses = {"127.0.0.1", "127.0.0.2"}});
  }

  // One check of each kind that the dashboards show. The shop has a second one, which goes on, so
  // that its outage is partial; `api` has none.
  std::filesystem::path config() {
    auto made = AgentTest::config();
    made.components =
        "  - {id: shop, name: Shop, group: Shop}\n  - {id: api, name: API, group: Shop}\n"
        "  - {id: old, name: Old Shop}\n  - {id: search, name: Search}\n"
        "  - {id: zone, name: Zone}\n  - {id: mail, name: Mail}\n";
    made.checks = check("shop-page", "shop", "http: {url: \"" + shop.url() + "\"}") +
                  check("shop-tls", "shop", https("tls")) +
                  check("api", "api", "http: {url: \"" + shop.url("/api") + "\"}") +
                  check("old-shop", "old", https("expired")) + check("search", "search", search()) +
                  check("zone", "zone", zone()) +
                  check("mail", "mail", round_trip(), "every: 4s\ntimeout: 4s") +
                  check("orders", "mail", guard(), "every: 1s\ntimeout: 1s") +
                  check("buy", "api", flow(), "every: 1s\ntimeout: 1s");
    return write(made);
  }

  std::string https(const std::string& port) const {
    return fmt::format("http: {{url: \"{}\", tls: {{ca_file: \"{}\"}}}}", test_site().url(port),
                       test_site().tls().root().string());
  }
  std::string flow() const {
    return fmt::format(
        "flow:\n  variants: [{{card: visa}}, {{card: amex}}]\n  steps:\n    - name: order\n      "
        "http: {{method: POST, url: \"{0}\"}}\n"
        "      cleanup: [{{name: undo, http: {{method: POST, url: \"{0}\"}}}}]",
        shop.url("/order"));
  }
  std::string search() const {
    return "http: {url: \"" + test_site().url("plain") +
           "\", expect_degraded: {body: {contains: what is not there}}}";
  }
  std::string zone() const {
    return fmt::format(
        "dns:\n  name: shop.test\n  type: SOA\n  dnssec: {{ok: true}}\n  each_server: true\n"
        "  servers: [\"127.0.0.1:{0}\", \"127.0.0.2:{0}\"]",
        knot_->port());
  }
  std::string server(std::uint16_t port, const std::string& user) const {
    return fmt::format(
        "{{server: \"localhost:{}\", tls: {{ca_file: \"{}\"}}, "
        "auth: {{username: {}@shop.test, password: {}}}}}",
        port, tls_.root().string(), user, DovecotServer::password_of(user));
  }
  std::string round_trip() const {
    return fmt::format(
        "mail_round_trip:\n  submit: {}\n  mailbox: {}\n  from: bob@shop.test\n"
        "  to: alice@shop.test\n  within: 2s",
        server(postfix_->submission(), "bob"), server(dovecot_->imap(), "alice"));
  }
  std::string guard() const {
    auto text = server(dovecot_->imap(), "carol");
    text.insert(text.size() - 1, ", canary: {plant: true}");
    return "mailbox: " + text;
  }

  // An agent that can neither write its store nor has anything to run soon.
  std::filesystem::path config_of_the_idle_one() {
    auto made = AgentTest::config();
    made.store = (dir.write("no-folder", "") / "vedette.db").string();
    made.checks =
        check("yearly", "shop", "http: {url: \"" + shop.url() + "\"}", "every: 24h\ntimeout: 1s");
    return dir.write("idle.yaml", made.text());
  }

  // As they are, but for the pace.
  std::vector<std::filesystem::path> rules() {
    std::vector<std::filesystem::path> copies;
    for (const std::string name : {"vedette.rules.yml", "vedette.alerts.yml"}) {
      const auto text =
          read_text_file(std::filesystem::path(VEDETTE_SOURCE_DIR "/dashboards/prometheus") / name);
      copies.push_back(
          dir.write(name, std::regex_replace(text, std::regex("interval: \\w+"),
                                             fmt::format("interval: {}ms", every.count()))));
    }
    return copies;
  }

  // So long without a word, then it goes on: its runs were late.
  static void stall(RunningAgent& agent, const Prometheus& prometheus) {
    agent.process().send_signal(SIGSTOP);
    EXPECT_TRUE(wait_for([&] {
      return prometheus.finds(
          fmt::format("max_over_time(up{{instance=\"127.0.0.1:{}\"}}[1500ms]) == 0", agent.port()));
    }));
    agent.process().send_signal(SIGCONT);
  }

  void refuse_and_take(const RunningAgent& agent, const Prometheus& prometheus) {
    dir.write("vedette.yaml", "agent: {regoin: x}\n");
    EXPECT_NE(agent.reload().status, 200);
    EXPECT_TRUE(
        wait_for([&] { return prometheus.finds("vedette_config_last_reload_successful == 0"); }));
    config();
    EXPECT_EQ(agent.reload().status, 200);
  }

  void live_through_an_outage(const Prometheus& prometheus) {
    const auto recorded = [&](const std::string& query) {
      return wait_for([&] { return prometheus.finds(query); });
    };
    shop.break_it();
    EXPECT_TRUE(recorded("vedette_component_status{component=\"api\"} == 3"));
    EXPECT_TRUE(recorded("component:vedette_check_failures:increase3d{component=\"api\"} > 3"));
    EXPECT_TRUE(recorded("vedette_flow_cleanup_pending > 0"));
    shop.heal();
    EXPECT_TRUE(recorded("vedette_incident_resolved_timestamp_seconds"));
  }

  // Empty when every query has an answer.
  std::string what_is_missing(const Prometheus& prometheus, Instant since) {
    const auto seconds = std::chrono::duration<double>(since.time_since_epoch()).count();
    Process ask({.command = {"python3", "-B", VEDETTE_SOURCE_DIR "/tests/dashboards/ask.py",
                             prometheus.url(), fmt::format("{:.3f}", seconds)},
                 .output = dir / "asked"});
    const auto ended = ask.wait(60s);
    return ended == 0 ? "" : ask.output();
  }

  TlsFiles tls_{dir / "tls"};
  std::optional<DovecotServer> dovecot_;
  std::optional<PostfixServer> postfix_;
  std::optional<Knot> knot_;
};

TEST_F(DashboardsTest, EveryQueryHasAnAnswerAfterAnOutage) {
  RunningAgent agent(config(), dir / "log");
  std::optional<RunningAgent> idle(std::in_place, config_of_the_idle_one(), dir / "idle.log");
  const Instant since = wall_now();
  const Prometheus prometheus(
      {.targets = {agent.port(), idle->port()}, .every = every, .rules = rules()});
  ASSERT_TRUE(wait_for([&] { return prometheus.finds("sum(up) == 2"); })) << prometheus.output();

  stall(agent, prometheus);
  EXPECT_TRUE(wait_for([&] { return prometheus.finds("probe_mail_copies == 1"); }))
      << agent.process().output();
  live_through_an_outage(prometheus);
  refuse_and_take(agent, prometheus);
  idle.reset();
  EXPECT_TRUE(wait_for([&] { return prometheus.finds("sum(up) == 1"); }));

  EXPECT_EQ(what_is_missing(prometheus, since), "") << agent.process().output();
}

}  // namespace
}  // namespace vedette::test
