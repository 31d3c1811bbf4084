// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/session.h"

#include <fmt/format.h>

namespace vedette::mail {

net::Failure failure(Reason reason, std::string_view phase, std::string_view what) {
  return {reason, fmt::format("{}: {}", phase, what)};
}

Session::Session(net::Toolbox& net, const Server& server, const Mask& mask)
    : net_(net), server_(server), mask_(mask), dialogue_(std::make_unique<Dialogue>(net, mask)) {}

Awaitable<Expected<void>> Session::open(Deadline deadline) {
  auto opened = co_await attempt(deadline);
  if (!opened && dialogue_->stream().wants_full_context()) {
    dialogue_ = std::make_unique<Dialogue>(net_, mask_);
    encrypted_ = false;
    opened = co_await attempt(deadline);
  }
  co_return opened;
}

Awaitable<Expected<void>> Session::attempt(Deadline deadline) {
  auto done = co_await dialogue_->stream().connect(server_.endpoint, deadline);
  if (done && server_.encryption == Encryption::implicit) done = co_await shake_hands(deadline);
  if (!done) co_return done;
  enter("greeting");
  done = co_await hear_greeting(deadline);
  if (done) done = co_await ask_capabilities(deadline);
  if (done && !encrypted_ && server_.encryption != Encryption::none) {
    done = co_await upgrade(deadline);
  }
  co_return done;
}

Awaitable<Expected<void>> Session::shake_hands(Deadline deadline) {
  auto done = co_await dialogue_->stream().start_tls(server_.tls, server_.endpoint.host, deadline);
  encrypted_ = done.has_value();
  if (encrypted_) dialogue_->note("(TLS)");
  co_return done;
}

Awaitable<Expected<void>> Session::upgrade(Deadline deadline) {
  if (!capabilities_.has(starttls())) {
    if (server_.encryption == Encryption::opportunistic) co_return Expected<void>{};
    co_return std::unexpected(failure(Reason::tls_handshake, "tls",
                                      fmt::format("the server does not offer {}", starttls())));
  }
  auto done = co_await ask_for_tls(deadline);
  if (done) done = co_await shake_hands(deadline);
  if (!done) co_return done;
  // What was offered in the clear may have come from anybody.
  forget_capabilities();
  enter("greeting");
  co_return co_await ask_capabilities(deadline);
}

void Session::learn(Capabilities told) {
  for (const std::string& name : told.names()) offered_.add(name);
  capabilities_ = std::move(told);
}

Expected<void> Session::may_sign_in() const {
  if (encrypted_ || server_.allow_plaintext) return {};
  return std::unexpected(failure(Reason::auth_failed, "auth",
                                 "credentials are not sent over a connection without TLS"));
}

}  // namespace vedette::mail
