// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/smtp_session.h"

#include <fmt/format.h>

#include "probes/encoding.h"

namespace vedette::mail {
namespace {

constexpr std::size_t max_command = 510;  // bytes without CRLF (RFC 5321, section 4.5.3.1.4)
constexpr int ready = 220;
constexpr int done = 235;
constexpr int challenge = 334;
constexpr int go_on = 354;
constexpr int max_challenges = 5;

}  // namespace

std::string refusal(std::string_view what, const SmtpReply& reply) {
  return fmt::format("the server refused {} {}: {}", what,
                     reply.temporary() ? "for now" : "for good", printable(reply.words()));
}

std::string dot_stuffed(std::string_view message) {
  std::string out;
  out.reserve(message.size() + message.size() / 32 + 5);
  while (!message.empty()) {
    const std::size_t end = message.find('\n');
    std::string_view line = message.substr(0, end);
    message.remove_prefix(end == std::string_view::npos ? message.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (line.starts_with('.')) out += '.';
    for (const char c : line) {
      if (c != '\r') out += c;  // a bare one would end a line for some servers
    }
    out += "\r\n";
  }
  return out + ".";
}

Awaitable<Expected<SmtpReply>> SmtpSession::hear(Deadline deadline) {
  SmtpReplyParser parser;
  for (;;) {
    const auto line = co_await dialogue().stream().read_line(max_line, deadline);
    if (!line) co_return std::unexpected(line.error());
    dialogue().heard(line->starts_with("334 ") ? "334 ***" : *line);
    const auto complete = parser.add(*line);
    if (!complete) {
      co_return std::unexpected(
          failure(Reason::protocol_error, stream().phases().current(), complete.error()));
    }
    if (*complete) break;
  }
  last_reply_ = parser.take();
  co_return *last_reply_;
}

Awaitable<Expected<SmtpReply>> SmtpSession::say(std::string line, std::string shown,
                                                Deadline deadline) {
  const auto sent = co_await dialogue().send(std::move(line), std::move(shown), deadline);
  if (!sent) co_return std::unexpected(sent.error());
  co_return co_await hear(deadline);
}

Awaitable<Expected<SmtpReply>> SmtpSession::command(std::string line, Deadline deadline) {
  std::string shown = line;
  co_return co_await say(std::move(line), std::move(shown), deadline);
}

Awaitable<Expected<void>> SmtpSession::hear_greeting(Deadline deadline) {
  const auto reply = co_await hear(deadline);
  if (!reply) co_return std::unexpected(reply.error());
  banner_ = reply->lines.front();
  if (reply->code == ready) co_return Expected<void>{};
  co_return std::unexpected(
      failure(Reason::expectation_failed, "greeting", refusal("the session", *reply)));
}

// A server that does not know EHLO knows no extension either.
Awaitable<Expected<void>> SmtpSession::ask_capabilities(Deadline deadline) {
  auto reply = co_await command("EHLO " + server().client_name, deadline);
  if (reply && reply->positive()) {
    auto extensions = parse_extensions(*reply);
    learn(std::move(extensions.capabilities));
    size_limit_ = extensions.size_limit;
    co_return Expected<void>{};
  }
  if (reply && reply->permanent()) {
    reply = co_await command("HELO " + server().client_name, deadline);
  }
  if (!reply) co_return std::unexpected(reply.error());
  if (reply->positive()) co_return Expected<void>{};
  co_return std::unexpected(
      failure(Reason::expectation_failed, "greeting", refusal("EHLO", *reply)));
}

Awaitable<Expected<void>> SmtpSession::ask_for_tls(Deadline deadline) {
  const auto reply = co_await command("STARTTLS", deadline);
  if (!reply) co_return std::unexpected(reply.error());
  if (reply->code == ready) co_return Expected<void>{};
  co_return std::unexpected(failure(Reason::tls_handshake, "tls", refusal("STARTTLS", *reply)));
}

Awaitable<Expected<void>> SmtpSession::sign_in(const Credentials& credentials, Deadline deadline) {
  enter("auth");
  if (auto may = may_sign_in(); !may) co_return may;
  const auto mechanism = choose(credentials.mechanism, capabilities());
  if (!mechanism) {
    co_return std::unexpected(failure(Reason::auth_failed, "auth", mechanism.error()));
  }
  const auto client = make_sasl(*mechanism, credentials, make_nonce());
  auto initial = client->initial();
  std::string line = fmt::format("AUTH {}", name_of(*mechanism));
  std::string shown = line;
  const std::string encoded = initial ? base64(*initial) : "";
  if (initial && line.size() + 1 + encoded.size() <= max_command) {
    line += " " + encoded;
    shown += fmt::format(" {}", hidden);
    initial.reset();
  }
  auto reply = co_await say(std::move(line), std::move(shown), deadline);
  if (reply) reply = co_await converse(*client, *std::move(reply), std::move(initial), deadline);
  if (!reply) co_return std::unexpected(reply.error());
  if (reply->code != done) {
    co_return std::unexpected(failure(Reason::auth_failed, "auth", refusal("the sign-in", *reply)));
  }
  const auto proved = client->finish();
  if (proved) co_return Expected<void>{};
  co_return std::unexpected(failure(Reason::auth_failed, "auth", proved.error()));
}

// Answers challenges until the server makes up its mind.
Awaitable<Expected<SmtpReply>> SmtpSession::converse(SaslClient& client, SmtpReply reply,
                                                     std::optional<std::string> initial,
                                                     Deadline deadline) {
  for (int step = 0; reply.code == challenge; ++step) {
    auto answer = answer_to(client, reply.lines.front(), initial);
    if (step == max_challenges) answer = std::unexpected("the server asks and asks");
    std::string line = answer ? base64(*answer) : "*";
    auto next = co_await say(std::move(line), std::string(hidden), deadline);
    if (!answer) co_return std::unexpected(failure(Reason::auth_failed, "auth", answer.error()));
    if (!next) co_return next;
    reply = *std::move(next);
  }
  co_return reply;
}

Awaitable<Expected<SmtpReply>> SmtpSession::mail_from(std::string address, Deadline deadline) {
  return command("MAIL FROM:<" + address + ">", deadline);
}

Awaitable<Expected<SmtpReply>> SmtpSession::rcpt_to(std::string address, Deadline deadline) {
  return command("RCPT TO:<" + address + ">", deadline);
}

Awaitable<Expected<SmtpReply>> SmtpSession::data(std::string message, Deadline deadline) {
  auto reply = co_await command("DATA", deadline);
  if (!reply || reply->code != go_on) co_return reply;
  std::string shown = fmt::format("(a message of {} bytes)", message.size());
  std::string wire = dot_stuffed(message);
  co_return co_await say(std::move(wire), std::move(shown), deadline);
}

Awaitable<Expected<SmtpReply>> SmtpSession::reset(Deadline deadline) {
  return command("RSET", deadline);
}

Awaitable<Expected<SmtpReply>> SmtpSession::quit(Deadline deadline) {
  return command("QUIT", deadline);
}

}  // namespace vedette::mail
