// SPDX-License-Identifier: Apache-2.0
#include "tests/support/knot.h"

#include <fstream>
#include <stdexcept>

#include <fmt/format.h>
#include <signal.h>

#include "tests/support/temp_dir.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

constexpr std::string_view frame = R"(
server:
  rundir: {0}
  listen: [{1}]
  udp-workers: 1
  tcp-workers: 1
  background-workers: 1
  automatic-acl: off
log:
  - target: stderr
    any: info
database:
  storage: {0}
  journal-db-max-size: 8M
  kasp-db-max-size: 8M
  timer-db-max-size: 1M
)";

constexpr std::string_view policy = R"(
  - id: {0}
    algorithm: ecdsap256sha256
    single-type-signing: on
    rrsig-lifetime: {1}d
    rrsig-refresh: {2}h
    rrsig-pre-refresh: 1h
)";

constexpr std::string_view signing = R"(
    zonefile-sync: 0
    dnssec-signing: on
    dnssec-policy: {0}
)";

std::string file_name(const std::string& zone) {
  return zone + ".zone";
}

// How the log tells about one zone.
std::string entry(const std::string& zone, std::string_view words) {
  return fmt::format("[{}.] {}", zone, words);
}

}  // namespace

Knot::Knot(std::filesystem::path directory, std::vector<KnotZone> zones, KnotOptions options)
    : directory_(std::move(directory)), zones_(std::move(zones)), options_(std::move(options)) {
  for (const KnotZone& zone : zones_) {
    std::ofstream(directory_ / file_name(zone.name))
        << fmt::format("$ORIGIN {}.\n$TTL 300\n{}\n", zone.name, zone.records);
  }
  // Somebody else may be faster at a port that was free a moment ago.
  constexpr int attempts = 5;
  for (int i = 0; i < attempts; ++i) {
    port_ = options_.port != 0 ? options_.port : free_port();
    if (try_start()) return;
  }
  throw std::runtime_error("knotd did not start: " + process_->output());
}

Knot::~Knot() {
  if (process_ && process_->running()) {
    resume();
    process_->terminate();
  }
}

std::string Knot::configuration() const {
  std::string listen, policies, served;
  for (const std::string& address : options_.addresses) {
    listen += fmt::format("{}{}@{}", listen.empty() ? "" : ", ", address, port_);
  }
  for (const KnotZone& zone : zones_) {
    policies += fmt::format(policy, zone.name, zone.signatures_days, zone.signatures_days * 12);
    served += fmt::format("  - domain: {}\n    storage: {}\n    file: {}", zone.name,
                          directory_.string(), file_name(zone.name));
    served += zone.sign ? fmt::format(signing, zone.name) : "\n    zonefile-sync: -1\n";
  }
  return fmt::format(frame, directory_.string(), listen) + "policy:\n" + policies + "zone:\n" +
         served;
}

bool Knot::try_start() {
  const auto file = directory_ / "knot.conf";
  std::ofstream(file) << configuration();
  process_.reset();
  process_ = std::make_unique<Process>(ProcessOptions{.command = {"knotd", "-c", file.string()},
                                                      .output = directory_ / "knot.log",
                                                      .directory = directory_,
                                                      .death_signal = SIGTERM});
  const auto logged = [this](const std::string& words) {
    return process_->output().find(words) != std::string::npos;
  };
  return wait_for([&] { return !process_->running() || logged("server started"); }) &&
         !logged("cannot bind") && process_->running();
}

std::string Knot::authority() const {
  return fmt::format("{}:{}", options_.addresses.front(), port_);
}

std::string Knot::trust_anchor(const std::string& zone) const {
  const auto output = directory_ / (zone + ".ds");
  Process keymgr({.command = {"keymgr", "-c", (directory_ / "knot.conf").string(), zone, "ds"},
                  .output = output,
                  .directory = directory_});
  if (keymgr.wait(std::chrono::seconds(20)) != 0) {
    throw std::runtime_error("keymgr: " + keymgr.output());
  }
  const std::string text = read_text_file(output);
  return text.substr(0, text.find('\n'));
}

std::string Knot::signed_file(const std::string& zone) const {
  const std::string written = entry(zone, "zone file updated");
  if (!wait_for([&] { return process_->output().find(written) != std::string::npos; })) {
    throw std::runtime_error("knotd wrote no signed zone: " + process_->output());
  }
  return read_text_file(directory_ / file_name(zone));
}

void Knot::pause() {
  process_->send_group_signal(SIGSTOP);
}

void Knot::resume() {
  process_->send_group_signal(SIGCONT);
}

bool Knot::installed() {
  return !find_program("knotd").empty() && !find_program("keymgr").empty();
}

}  // namespace vedette::test
