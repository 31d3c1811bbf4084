// SPDX-License-Identifier: Apache-2.0
// How every session with a mail server begins: connect, TLS, greeting, capabilities. The protocols
// fill in their own words.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "probes/mail/capabilities.h"
#include "probes/mail/dialogue.h"
#include "probes/mail/sasl.h"
#include "probes/mail/server.h"

namespace vedette::mail {

template <class T>
using Expected = net::Expected<T>;

// Used on one loop thread, by one coroutine at a time; what is awaited ends by its deadline. After
// a failure the session is over, but all that was seen can still be asked for.
class Session {
 public:
  virtual ~Session() = default;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // Phases "resolve", "connect", "tls" and "greeting" (greeting and capabilities, before and after
  // TLS). TLS that was asked for and did not come about is a failure.
  Awaitable<Expected<void>> open(Deadline deadline);

  // Time from now on counts for this phase, a string literal, and failures are named by it.
  void enter(std::string_view phase) { dialogue_->stream().enter(phase); }
  const net::Stream& stream() const { return dialogue_->stream(); }
  // Everything said and heard, up to the bounds of a transcript; secrets are masked, credentials,
  // challenges and messages left out.
  const Transcript& transcript() const { return dialogue_->transcript(); }
  bool encrypted() const { return encrypted_; }
  // The text with which the server greeted, without code or status.
  const std::string& banner() const { return banner_; }
  // As told last: after TLS and after the sign-in they are others.
  const Capabilities& capabilities() const { return capabilities_; }
  // All that were told in this session, STARTTLS among them.
  const Capabilities& offered() const { return offered_; }
  // Ends the connection without goodbye; phases() stand still.
  void close() { dialogue_->stream().close(); }

 protected:
  // `server` and `mask` outlive the session.
  Session(net::Toolbox& net, const Server& server, const Mask& mask);

  // Hears the greeting and sets banner_.
  virtual Awaitable<Expected<void>> hear_greeting(Deadline deadline) = 0;
  // Asks what the server can do, and learns it.
  virtual Awaitable<Expected<void>> ask_capabilities(Deadline deadline) = 0;
  // Asks for TLS and hears the go-ahead. Only when it is offered.
  virtual Awaitable<Expected<void>> ask_for_tls(Deadline deadline) = 0;
  virtual std::string_view starttls() const = 0;  // the capability

  Dialogue& dialogue() { return *dialogue_; }
  const Server& server() const { return server_; }
  void learn(Capabilities told);
  // They may have changed, or come from somebody else.
  void forget_capabilities() { capabilities_ = {}; }
  // A failure when credentials would go over the wire in the clear.
  Expected<void> may_sign_in() const;

  std::string banner_;

 private:
  Awaitable<Expected<void>> attempt(Deadline deadline);
  Awaitable<Expected<void>> shake_hands(Deadline deadline);
  Awaitable<Expected<void>> upgrade(Deadline deadline);

  net::Toolbox& net_;
  const Server& server_;
  const Mask& mask_;
  std::unique_ptr<Dialogue> dialogue_;
  bool encrypted_ = false;
  Capabilities capabilities_;
  Capabilities offered_;
};

// What a goodbye is worth: that the server hangs up without one harms nobody, that it does not
// answer at all is a failure like any other.
template <class T>
Expected<void> goodbye(const Expected<T>& heard) {
  if (!heard && heard.error().reason == Reason::timeout) return std::unexpected(heard.error());
  return {};
}

// "phase: what went wrong", as messages of failures are.
net::Failure failure(Reason reason, std::string_view phase, std::string_view what);

}  // namespace vedette::mail
