// SPDX-License-Identifier: Apache-2.0
// Scripts are written here and played by the server.
#include <utility>

#include <boost/asio/buffer.hpp>

#include "tests/support/script_steps.h"

namespace vedette::test {
namespace {

namespace asio = boost::asio;

std::shared_ptr<asio::ssl::context> make_context(const Identity& identity,
                                                 const std::string& client_root_pem) {
  auto context = std::make_shared<asio::ssl::context>(asio::ssl::context::tls_server);
  context->use_certificate_chain(asio::buffer(identity.chain_pem));
  context->use_private_key(asio::buffer(identity.key_pem), asio::ssl::context::pem);
  if (!client_root_pem.empty()) {
    context->add_certificate_authority(asio::buffer(client_root_pem));
    context->set_verify_mode(asio::ssl::verify_peer | asio::ssl::verify_fail_if_no_peer_cert);
  }
  return context;
}

}  // namespace

Script::Script() : steps_(std::make_unique<std::vector<Step>>()) {}
Script::~Script() = default;
Script::Script(const Script& other) : steps_(std::make_unique<std::vector<Step>>(*other.steps_)) {}
Script& Script::operator=(const Script& other) {
  *steps_ = *other.steps_;
  return *this;
}

Script& Script::add(Step step) {
  steps_->push_back(std::move(step));
  return *this;
}

Script& Script::handshake(const Identity& identity, const std::string& client_root_pem) {
  return add({script::Handshake{make_context(identity, client_root_pem)}});
}
Script& Script::read_request() {
  return add({script::ReadRequest{}});
}
Script& Script::read_line() {
  return add({script::ReadLine{}});
}
Script& Script::send(std::string bytes) {
  return add({script::Send{std::move(bytes)}});
}
Script& Script::drip(std::string bytes, std::chrono::milliseconds pause) {
  return add({script::Drip{std::move(bytes), pause}});
}
Script& Script::repeat(std::string bytes, std::size_t limit) {
  return add({script::Repeat{std::move(bytes), limit}});
}
Script& Script::wait(std::chrono::milliseconds pause) {
  return add({script::Wait{pause}});
}
Script& Script::stall() {
  return add({script::Stall{}});
}
Script& Script::serve(Handler handler) {
  return add({script::Serve{std::move(handler)}});
}
Script& Script::hang_up() {
  return add({script::HangUp{}});
}
Script& Script::reset() {
  return add({script::Reset{}});
}

Script http_script(Handler handler) {
  return Script().serve(std::move(handler));
}

Script https_script(const Identity& identity, Handler handler) {
  return Script().handshake(identity).serve(std::move(handler));
}

}  // namespace vedette::test
