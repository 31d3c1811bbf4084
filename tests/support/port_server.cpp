// SPDX-License-Identifier: Apache-2.0
#include "tests/support/port_server.h"

#include <algorithm>
#include <stdexcept>

#include "tests/support/port_answers.h"
#include "tests/support/wait_for.h"

namespace vedette::test {
namespace {

bool answers(const std::pair<const std::string, Listener>& port) {
  return port_answers(port.second.port());
}

}  // namespace

PortServer::PortServer(std::initializer_list<const char*> port_names) {
  for (const char* name : port_names) ports_.try_emplace(name);
}

bool PortServer::all_answer() const {
  return std::ranges::all_of(ports_, answers);
}

bool PortServer::none_answers() const {
  return std::ranges::none_of(ports_, answers);
}

void PortServer::start(const ProcessOptions& options, const std::function<std::string()>& log) {
  // Bound and not listening, so that the server may listen there and nobody else gets the port.
  for (auto& [name, listener] : ports_) listener.refuse();
  process_ = std::make_unique<Process>(options);
  const bool up = wait_for([this] { return !process_->running() || all_answer(); });
  if (!up || !process_->running()) {
    throw std::runtime_error(options.command.front() + " did not start: " + process_->output() +
                             log());
  }
}

void PortServer::stop() {
  process_->kill();
  // Its children, which share the listening sockets, may live a moment longer.
  wait_for([this] { return none_answers(); });
}

void PortServer::pause() {
  process_->send_group_signal(SIGSTOP);
}

void PortServer::resume() {
  process_->send_group_signal(SIGCONT);
}

}  // namespace vedette::test
