// SPDX-License-Identifier: Apache-2.0
// A session with an SMTP server (RFC 5321), from its greeting to QUIT.
#pragma once

#include <optional>
#include <string>

#include "probes/mail/session.h"
#include "probes/mail/smtp_reply.h"

namespace vedette::mail {

// Refusals of commands are replies, not failures; failures are what the network or the protocol
// did. No command enters a phase but sign_in(): say enter("command") or what fits before.
// Addresses and the message must hold no CR or LF that ends a line of the protocol; data() sees to
// that for the message.
class SmtpSession : public Session {
 public:
  static constexpr std::size_t max_line = 4096;  // bytes; RFC 5321 allows 512

  SmtpSession(net::Toolbox& net, const Server& server, const Mask& mask)
      : Session(net, server, mask) {}

  // Phase "auth". auth_failed when the server refuses, offers nothing that we know, or would get
  // the password over an unencrypted connection.
  Awaitable<Expected<void>> sign_in(const Credentials& credentials, Deadline deadline);

  // An empty address is the null sender "<>".
  Awaitable<Expected<SmtpReply>> mail_from(std::string address, Deadline deadline);
  Awaitable<Expected<SmtpReply>> rcpt_to(std::string address, Deadline deadline);
  // DATA and the message: its lines may end in LF or CRLF, and may begin with dots. The reply is
  // that to the message, or to DATA when that was refused.
  Awaitable<Expected<SmtpReply>> data(std::string message, Deadline deadline);
  Awaitable<Expected<SmtpReply>> reset(Deadline deadline);
  Awaitable<Expected<SmtpReply>> quit(Deadline deadline);
  // Any other command, as a whole line.
  Awaitable<Expected<SmtpReply>> command(std::string line, Deadline deadline);

  // The reply heard last, also one that made open() or sign_in() fail. Empty before the greeting.
  const std::optional<SmtpReply>& last_reply() const { return last_reply_; }
  std::optional<std::uint64_t> size_limit() const { return size_limit_; }

 private:
  Awaitable<Expected<void>> hear_greeting(Deadline deadline) override;
  Awaitable<Expected<void>> ask_capabilities(Deadline deadline) override;
  Awaitable<Expected<void>> ask_for_tls(Deadline deadline) override;
  std::string_view starttls() const override { return "STARTTLS"; }

  Awaitable<Expected<SmtpReply>> hear(Deadline deadline);
  Awaitable<Expected<SmtpReply>> say(std::string line, std::string shown, Deadline deadline);
  Awaitable<Expected<SmtpReply>> converse(SaslClient& client, SmtpReply reply,
                                          std::optional<std::string> initial, Deadline deadline);

  std::optional<SmtpReply> last_reply_;
  std::optional<std::uint64_t> size_limit_;
};

// "the server refused MAIL for now: 451 4.7.1 Greylisted", "... for good: 550 5.1.1 no such".
std::string refusal(std::string_view what, const SmtpReply& reply);
// The message as it goes over the wire behind DATA, with the final dot (RFC 5321, section 4.5.2).
std::string dot_stuffed(std::string_view message);

}  // namespace vedette::mail
