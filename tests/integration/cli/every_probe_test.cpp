// SPDX-License-Identifier: Apache-2.0
// `vedette check` over a configuration with every kind of probe: all pass against real servers, and
// each fails for the right reason when something is wrong.
#include <map>

#include <boost/json/parse.hpp>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes/registry/registry.h"
#include "tests/support/dovecot.h"
#include "tests/support/free_port.h"
#include "tests/support/knot.h"
#include "tests/support/postfix.h"
#include "tests/support/process.h"
#include "tests/support/test_site.h"
#include "tests_config/paths.h"

namespace vedette::test {
namespace {

namespace json = boost::json;
using Verdicts = std::map<std::string, std::string>;  // kind of probe -> "pass", or the reason

constexpr auto zone = R"(
@    SOA ns hostmaster 1 3600 600 86400 300
@    NS  ns
ns   A   127.0.0.1
www  A   192.0.2.80
)";

// Ports are those of the servers; {ca} is the private root.
constexpr auto good = R"(
agent: {{name: probe-1, region: eu-west}}
components: [{{id: shop, name: Shop}}]
defaults: {{every: 1m, timeout: 20s}}
checks:
  - {{name: http, component: shop, http: {{url: "{url}", tls: {{ca_file: {ca}}}}}}}
  - {{name: tcp, component: shop, tcp: {{server: "127.0.0.1:{imap}", dialogue: [{{expect: "* OK"}}]}}}}
  - {{name: tls, component: shop, tls: {{server: "127.0.0.1:{imap}", starttls: imap, tls: {{ca_file: {ca}}}}}}}
  - {{name: dns, component: shop, dns: {{name: www.shop.test, server: "{dns}", expect: {{answer: 192.0.2.80}}}}}}
  - {{name: smtp, component: shop, smtp: {{server: "127.0.0.1:{submission}", tls: {{ca_file: {ca}}}, encryption: required, auth: {alice}}}}}
  - {{name: imap, component: shop, imap: {{server: "127.0.0.1:{imaps}", tls: {{ca_file: {ca}}}, encryption: implicit, auth: {alice}}}}}
  - {{name: pop3, component: shop, pop3: {{server: "127.0.0.1:{pop3s}", tls: {{ca_file: {ca}}}, encryption: implicit, auth: {alice}}}}}
  - name: mail_round_trip
    component: shop
    mail_round_trip:
      submit: {{server: "127.0.0.1:{submission}", tls: {{ca_file: {ca}}}, encryption: required, auth: {alice}}}
      mailbox: {{server: "127.0.0.1:{imaps}", tls: {{ca_file: {ca}}}, encryption: implicit, auth: {bob}}}
      from: alice@shop.test
      to: bob@shop.test
  - {{name: mailbox, component: shop, mailbox: {{server: "127.0.0.1:{imaps}", tls: {{ca_file: {ca}}}, encryption: implicit, auth: {alice}, canary: {{plant: true}}}}}}
  - {{name: flow, component: shop, flow: {{steps: [{{name: page, http: {{url: "{url}", tls: {{ca_file: {ca}}}}}}}, {{name: name, dns: {{name: www.shop.test, server: "{dns}"}}}}]}}}}
)";

constexpr auto broken = R"(
agent: {{name: probe-1, region: eu-west}}
components: [{{id: shop, name: Shop}}]
defaults: {{every: 1m, timeout: 20s}}
checks:
  - {{name: http, component: shop, http: {{url: "{expired}", tls: {{ca_file: {ca}}}}}}}
  - {{name: tcp, component: shop, tcp: {{server: "127.0.0.1:{refusing}"}}}}
  - {{name: tls, component: shop, tls: {{server: "127.0.0.1:{imap}", starttls: imap, tls: {{ca_file: {ca}, server_name: other.test}}}}}}
  - {{name: dns, component: shop, dns: {{name: missing.shop.test, server: "{dns}"}}}}
  - {{name: smtp, component: shop, smtp: {{server: "127.0.0.1:{smtp}", tls: {{ca_file: {ca}}}, mail_from: a@shop.test, rcpt: [refused@shop.test]}}}}
  - {{name: imap, component: shop, imap: {{server: "127.0.0.1:{imaps}", tls: {{ca_file: {ca}}}, encryption: implicit, auth: {{username: alice@shop.test, password: wrong-password}}}}}}
  - {{name: pop3, component: shop, pop3: {{server: "127.0.0.1:{pop3s}", encryption: implicit, auth: {alice}}}}}
  - name: mail_round_trip
    component: shop
    mail_round_trip:
      submit: {{server: "127.0.0.1:{submission}", tls: {{ca_file: {ca}}}, encryption: required, auth: {alice}}}
      mailbox: {{server: "127.0.0.1:{imaps}", tls: {{ca_file: {ca}}}, encryption: implicit, auth: {bob}}}
      from: alice@shop.test
      to: refused@shop.test
  - {{name: mailbox, component: shop, mailbox: {{server: "127.0.0.1:{imaps}", tls: {{ca_file: {ca}}}, encryption: implicit, auth: {alice}, at_least: 1000}}}}
  - {{name: flow, component: shop, flow: {{steps: [{{name: page, http: {{url: "{url}", tls: {{ca_file: {ca}}}, expect: {{status: 404}}}}}}]}}}}
)";

bool has_servers() {
  return Nginx::installed() && Knot::installed() && DovecotServer::installed() &&
         PostfixServer::installed();
}

class Servers {
 public:
  static std::string auth(std::string_view user) {
    return fmt::format("{{username: {}, password: {}}}", DovecotServer::address_of(user),
                       DovecotServer::password_of(user));
  }

  std::string filled(fmt::string_view text) {
    using fmt::arg;
    return fmt::format(fmt::runtime(text), arg("url", test_site().url("tls")),
                       arg("expired", test_site().url("expired")),
                       arg("ca", test_site().tls().root().string()), arg("dns", knot_.authority()),
                       arg("imap", dovecot_.imap()), arg("imaps", dovecot_.imaps()),
                       arg("pop3s", dovecot_.pop3s()), arg("smtp", postfix_.smtp()),
                       arg("submission", postfix_.submission()), arg("refusing", refusing_.port()),
                       arg("alice", auth("alice")), arg("bob", auth("bob")));
  }

  // What the program says of each check, and its exit code.
  Verdicts check(fmt::string_view text, int exit_code) {
    const auto config = directory_.write("vedette.yaml", filled(text));
    Process process({.command = {VEDETTE_BINARY, "check", config, "--json", "--log-level", "off"},
                     .output = directory_ / fmt::format("output-{}", exit_code)});
    EXPECT_EQ(process.wait(std::chrono::seconds(100)), exit_code) << process.output();
    Verdicts verdicts;
    const json::value report = json::parse(process.output());
    for (const auto& item : report.as_array()) {
      const auto& reason = item.at("reason");
      verdicts[std::string(item.at("probe").as_string())] =
          std::string(reason.is_null() ? "pass" : reason.as_string());
    }
    return verdicts;
  }

 private:
  TempDir directory_;
  RefusingPort refusing_;
  TempDir knot_directory_;
  Knot knot_{knot_directory_.path(), {{.name = "shop.test", .records = zone}}};
  DovecotServer dovecot_{test_site().tls()};
  PostfixServer postfix_{test_site().tls(), dovecot_};
};

TEST(EveryProbe, PassesAgainstRealServersAndFailsForTheRightReasonAgainstBrokenOnes) {
  if (!has_servers()) GTEST_SKIP() << "needs nginx, Knot DNS, Dovecot, Postfix and root";
  Servers servers;
  Verdicts all_pass;
  for (const ProbeType& type : probe_types()) all_pass[std::string(type.name)] = "pass";
  EXPECT_EQ(servers.check(good, 0), all_pass);

  EXPECT_EQ(servers.check(broken, 1), (Verdicts{{"http", "tls_expired"},
                                                {"tcp", "connect_refused"},
                                                {"tls", "tls_wrong_host"},
                                                {"dns", "dns_nxdomain"},
                                                {"smtp", "expectation_failed"},
                                                {"imap", "auth_failed"},
                                                {"pop3", "tls_unknown_issuer"},
                                                {"mail_round_trip", "mail_refused"},
                                                {"mailbox", "mailbox_shrunk"},
                                                {"flow", "step_failed"}}));
}

}  // namespace
}  // namespace vedette::test
