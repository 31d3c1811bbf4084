// SPDX-License-Identifier: Apache-2.0
// What a mail round trip costs this process, over a real Postfix and Dovecot that run in processes
// of their own, on the other core. For each way of signing in that a line of the input names, a
// line with the CPU milliseconds of some trips, as JSON.
#include <cstdio>
#include <ctime>
#include <iostream>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <sched.h>

#include "config/document.h"
#include "probes/net/toolbox.h"
#include "probes/registry/registry.h"
#include "tests/support/mail_site.h"
#include "tests/support/run_coroutine.h"

namespace {

using namespace vedette;
using test::DovecotServer;
using test::MailSite;

constexpr int warm_ups = 2;
constexpr int trips = 12;

std::string section(const MailSite& site, const char* mechanism) {
  return fmt::format(R"(
submit:
  server: localhost:{}
  auth: {{username: bob@shop.test, password: {}, mechanism: {}}}
mailbox:
  server: localhost:{}
  auth: {{username: alice@shop.test, password: {}, mechanism: {}}}
from: bob@shop.test
to: alice@shop.test
)",
                     site.postfix.submission(), DovecotServer::password_of("bob"), mechanism,
                     site.dovecot.imap(), DovecotServer::password_of("alice"), mechanism);
}

std::shared_ptr<const Probe> round_trip(const std::string& yaml) {
  config::Problems problems;
  const auto node = config::parse(yaml, "round_trip.yaml", problems);
  std::shared_ptr<const Probe> probe;
  if (node) probe = find_probe_type("mail_round_trip")->parse(*node, problems);
  if (!probe) throw std::runtime_error(problems.text());
  return probe;
}

// Of this thread, and of what it starts from now on.
void move_to_core(std::size_t core) {
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(core, &cores);
  if (sched_setaffinity(0, sizeof cores, &cores) != 0) throw std::runtime_error("no such core");
}

double cpu_ms() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) * 1e3 + static_cast<double>(used.tv_nsec) / 1e6;
}

// One way of signing in, with a probe and a loop of its own.
class Traveller {
 public:
  Traveller(const MailSite& site, const char* mechanism)
      : probe_(round_trip(section(site, mechanism))), net_(loop_, {.ca_file = site.tls.root()}) {}

  std::vector<double> travel() {
    std::vector<double> spent;
    for (int trip = -warm_ups; trip < trips; ++trip) {
      const double before = cpu_ms();
      const auto result = test::run_coroutine(
          loop_, probe_->run({net_, Deadline::in(std::chrono::seconds(20)), {}, 1}));
      if (result.outcome != Outcome::pass) throw std::runtime_error(result.message);
      if (trip >= 0) spent.push_back(cpu_ms() - before);
    }
    return spent;
  }

 private:
  std::shared_ptr<const Probe> probe_;
  boost::asio::io_context loop_;
  net::Toolbox net_;
};

}  // namespace

int main() try {
  if (!MailSite::installed()) throw std::runtime_error("this needs Postfix, Dovecot and root");
  move_to_core(1);
  const MailSite site({.salted = true}), drawing;
  move_to_core(0);
  std::map<std::string, Traveller> ways;
  ways.try_emplace("plain", site, "plain");
  ways.try_emplace("scram", site, "scram-sha-256");
  ways.try_emplace("scram-new-salts", drawing, "scram-sha-256");
  for (std::string way; std::getline(std::cin, way);) {
    fmt::print("[{:.3f}]\n", fmt::join(ways.at(way).travel(), ", "));
    std::fflush(stdout);
  }
} catch (const std::exception& error) {
  fmt::print(stderr, "bench_round_trip: {}\n", error.what());
  return 1;
}
