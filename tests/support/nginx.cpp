// SPDX-License-Identifier: Apache-2.0
#include "tests/support/nginx.h"

#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

// As root, the worker would become somebody who cannot read the test's directory.
constexpr std::string_view frame = R"(
daemon off;
worker_processes 1;
{}
pid nginx.pid;
error_log error.log info;
events {{ worker_connections 512; }}
http {{
  log_format brief '$request_method $request_uri $status';
  access_log access.log brief;
  default_type text/plain;
  client_body_temp_path body_temp;
  proxy_temp_path proxy_temp;
  fastcgi_temp_path fastcgi_temp;
  uwsgi_temp_path uwsgi_temp;
  scgi_temp_path scgi_temp;
{}
}}
)";

std::string authority_of(std::string_view name, std::uint16_t port) {
  return fmt::format("{}:{}", name.starts_with("v6_") ? "[::1]" : "127.0.0.1", port);
}

}  // namespace

Nginx::Nginx(std::filesystem::path directory, std::string_view http)
    : directory_(std::move(directory)) {
  std::ofstream(directory_ / "nginx.conf") << configuration(http);
  start();
}

// Gracefully, so that the master reaps its worker.
Nginx::~Nginx() {
  if (process_) {
    resume();
    process_->terminate();
  }
}

std::string Nginx::configuration(std::string_view http) {
  std::string text;
  for (std::size_t at = http.find('@'); at != std::string_view::npos; at = http.find('@')) {
    const std::size_t end = http.find('@', at + 1);
    const std::string name(http.substr(at + 1, end - at - 1));
    listeners_.try_emplace(name, name.starts_with("v6_") ? "::1" : "127.0.0.1");
    text += std::string(http.substr(0, at)) + authority(name);
    http.remove_prefix(end + 1);
  }
  return fmt::format(frame, ::geteuid() == 0 ? "user root;" : "", text + std::string(http));
}

// nginx takes over listening sockets that the variable NGINX names: its own way of upgrading in
// flight.
void Nginx::start() {
  std::string sockets;
  std::vector<int> inherit;
  for (auto& [name, listener] : listeners_) {
    listener.listen();
    inherit.push_back(listener.fd());
    sockets += std::to_string(listener.fd()) + ";";
  }
  std::filesystem::remove(directory_ / "nginx.pid");
  process_ = std::make_unique<Process>(ProcessOptions{
      .command = {"nginx", "-p", directory_.string(), "-c", "nginx.conf", "-e", "error.log"},
      .environment = {{"NGINX", sockets}},
      .output = directory_ / "output.log",
      .directory = directory_,
      .inherit = inherit,
      .death_signal = SIGTERM});  // which the master passes on to its worker
  const bool up = wait_for(
      [this] { return !process_->running() || !read_text_file(directory_ / "nginx.pid").empty(); });
  if (!up || !process_->running()) {
    throw std::runtime_error("nginx did not start: " + process_->output() +
                             read_text_file(directory_ / "error.log"));
  }
}

void Nginx::pause() {
  process_->send_group_signal(SIGSTOP);
}

void Nginx::resume() {
  process_->send_group_signal(SIGCONT);
}

void Nginx::stop() {
  process_->terminate();
  for (auto& [name, listener] : listeners_) {
    listener.refuse();
  }
}

std::uint16_t Nginx::port(std::string_view name) const {
  const auto found = listeners_.find(name);
  if (found == listeners_.end()) {
    throw std::out_of_range(fmt::format("the configuration has no @{}@", name));
  }
  return found->second.port();
}

std::string Nginx::authority(std::string_view name) const {
  return authority_of(name, port(name));
}

std::vector<std::string> Nginx::access_log() const {
  std::istringstream lines(read_text_file(directory_ / "access.log"));
  std::vector<std::string> result;
  for (std::string line; std::getline(lines, line);) {
    result.push_back(line);
  }
  return result;
}

bool Nginx::installed() {
  return !find_program("nginx").empty();
}

}  // namespace vedette::test
