// SPDX-License-Identifier: Apache-2.0
// A session with a POP3 server (RFC 1939), as far as a probe goes: what is there, nothing taken.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "probes/mail/pop3_reply.h"
#include "probes/mail/session.h"

namespace vedette::mail {

class Pop3Session : public Session {
 public:
  static constexpr std::size_t max_line = 4096;  // bytes; RFC 2449 allows 512
  static constexpr std::size_t max_lines = 200;  // of a list of capabilities

  Pop3Session(net::Toolbox& net, const Server& server, const Mask& mask)
      : Session(net, server, mask) {}

  // Phase "auth". By AUTH (RFC 5034), or USER and PASS where the server offers no mechanism that we
  // know.
  Awaitable<Expected<void>> sign_in(const Credentials& credentials, Deadline deadline);
  Awaitable<Expected<Pop3Drop>> stat(Deadline deadline);
  Awaitable<Expected<void>> quit(Deadline deadline);

 private:
  Awaitable<Expected<void>> hear_greeting(Deadline deadline) override;
  Awaitable<Expected<void>> ask_capabilities(Deadline deadline) override;
  Awaitable<Expected<void>> ask_for_tls(Deadline deadline) override;
  std::string_view starttls() const override { return "STLS"; }

  net::Failure refused(Reason reason, std::string_view what, const Pop3Reply& reply) const;
  Awaitable<Expected<std::string>> hear_line(Deadline deadline);
  Awaitable<Expected<Pop3Reply>> hear(Deadline deadline);
  Awaitable<Expected<Pop3Reply>> say(std::string line, std::string shown, Deadline deadline);
  Awaitable<Expected<Pop3Reply>> authenticate(Mechanism mechanism, Credentials credentials,
                                              Deadline deadline);
  Awaitable<Expected<Pop3Reply>> user_and_password(Credentials credentials, Deadline deadline);
};

}  // namespace vedette::mail
