// SPDX-License-Identifier: Apache-2.0
#include "tests/support/unbound.h"

#include <algorithm>
#include <fstream>
#include <stdexcept>

#include <fmt/format.h>
#include <signal.h>

#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

constexpr std::string_view frame = R"(
server:
  directory: "{0}"
  chroot: ""
  username: ""
  pidfile: ""
  use-syslog: no
  logfile: ""
  verbosity: 1
  do-daemonize: no
  num-threads: 1
  outgoing-range: 64
  msg-cache-size: 1m
  rrset-cache-size: 1m
  key-cache-size: 1m
  interface: 127.0.0.1@{1}
  access-control: 127.0.0.0/8 allow
  do-not-query-localhost: no
  module-config: "validator iterator"
  ede: yes
  val-log-level: 2
)";

// "127.0.0.1:5353" as Unbound writes it.
std::string with_at(std::string authority) {
  std::ranges::replace(authority, ':', '@');
  return authority;
}

}  // namespace

Unbound::Unbound(std::filesystem::path directory, UnboundOptions options)
    : directory_(std::move(directory)), options_(std::move(options)) {
  constexpr int attempts = 5;
  for (int i = 0; i < attempts; ++i) {
    port_ = free_port();
    tls_port_ = free_port();
    if (try_start()) return;
  }
  throw std::runtime_error("unbound did not start: " + process_->output());
}

Unbound::~Unbound() {
  if (process_) process_->terminate();
}

std::string Unbound::configuration() const {
  std::string text = fmt::format(frame, directory_.string(), port_);
  if (!options_.tls_chain.empty()) {
    text += fmt::format("  interface: 127.0.0.1@{0}\n  tls-port: {0}\n", tls_port_);
    text += fmt::format("  tls-service-pem: \"{}\"\n  tls-service-key: \"{}\"\n",
                        options_.tls_chain.string(), options_.tls_key.string());
  }
  std::string stubs;
  for (const UnboundOptions::Zone& zone : options_.zones) {
    text += fmt::format("  local-zone: \"{}.\" nodefault\n", zone.name);
    if (!zone.trust_anchor.empty())
      text += fmt::format("  trust-anchor: \"{}\"\n", zone.trust_anchor);
    stubs += fmt::format("stub-zone:\n  name: \"{}.\"\n  stub-addr: {}\n", zone.name,
                         with_at(zone.server));
  }
  // Names of tests end in .test, which Unbound would answer itself.
  return text + "  local-zone: \"test.\" nodefault\nremote-control:\n  control-enable: no\n" +
         stubs;
}

bool Unbound::try_start() {
  const auto file = directory_ / "unbound.conf";
  std::ofstream(file) << configuration();
  process_.reset();
  process_ =
      std::make_unique<Process>(ProcessOptions{.command = {"unbound", "-d", "-c", file.string()},
                                               .output = directory_ / "unbound.log",
                                               .directory = directory_,
                                               .death_signal = SIGTERM});
  return wait_for([this] {
           return !process_->running() ||
                  process_->output().find("start of service") != std::string::npos;
         }) &&
         process_->running();
}

std::string Unbound::authority() const {
  return fmt::format("127.0.0.1:{}", port_);
}

std::string Unbound::tls_authority() const {
  return fmt::format("127.0.0.1:{}", tls_port_);
}

bool Unbound::installed() {
  return !find_program("unbound").empty();
}

}  // namespace vedette::test
