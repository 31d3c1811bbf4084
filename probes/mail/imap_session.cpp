// SPDX-License-Identifier: Apache-2.0
// The ground: commands out, responses in, capabilities, TLS.
#include "probes/mail/imap_session.h"

#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/mail/imap_reader.h"

namespace vedette::mail {

net::Failure ImapSession::broken(std::string_view what) const {
  return failure(Reason::protocol_error, stream().phases().current(), what);
}

Awaitable<Expected<ImapResponse>> ImapSession::hear(Deadline begun, Deadline deadline) {
  ImapReader reader(limits_.response);
  Deadline by = begun;
  for (;;) {
    const auto line = co_await dialogue().stream().read_line(limits_.response, by);
    if (!line) co_return std::unexpected(line.error());
    dialogue().heard(hides_challenges_ && line->starts_with("+ ") ? "+ ***" : *line);
    const auto literal = reader.line(*line);
    if (!literal) co_return std::unexpected(broken(literal.error()));
    if (!*literal) break;
    by = deadline;
    const auto bytes = co_await dialogue().stream().read_exactly(**literal, by);
    if (!bytes) co_return std::unexpected(bytes.error());
    dialogue().note(fmt::format("< ({} bytes)", bytes->size()));
    reader.literal(*bytes);
  }
  auto response = parse_imap_response(reader.take());
  if (!response) co_return std::unexpected(broken(response.error()));
  if (response->name == "CAPABILITY") learn(parse_imap_capabilities(response->rest));
  if (response->code == "CAPABILITY") learn(parse_imap_capabilities(response->code_values));
  co_return *std::move(response);
}

Expected<void> ImapSession::keep(ImapResponse response, Told& told) const {
  told.bytes += response.rest.size() + response.code_values.size();
  if (told.bytes > limits_.all || told.responses.size() >= limits_.responses) {
    return std::unexpected(broken("the answer does not end"));
  }
  told.responses.push_back(std::move(response));
  return {};
}

Awaitable<Expected<ImapResponse>> ImapSession::hear_end(Told& told, Deadline deadline) {
  for (;;) {
    auto response = co_await hear(deadline, deadline);
    if (!response) co_return response;
    if (response->kind == ImapResponse::Kind::go_on) co_return response;
    if (response->kind == ImapResponse::Kind::tagged) {
      if (response->tag != tag_) {
        co_return std::unexpected(broken("the answer belongs to another command"));
      }
      last_ = *response;
      co_return response;
    }
    if (response->status == ImapStatus::bye && !leaving_) {
      co_return std::unexpected(
          failure(Reason::connect_reset, stream().phases().current(),
                  fmt::format("the server ended the session: {}", printable(response->words()))));
    }
    const auto kept = keep(*std::move(response), told);
    if (!kept) co_return std::unexpected(kept.error());
  }
}

// The end: a tagged response, or "+" behind the last piece.
Awaitable<Expected<ImapResponse>> ImapSession::send(ImapCommand command, Told& told,
                                                    Deadline deadline) {
  refused_ = false;
  tag_ = fmt::format("a{}", ++commands_);
  std::string line = tag_ + " " + command.pieces().front();
  std::string shown = tag_ + " " + command.shown();
  for (std::size_t i = 1;; ++i) {
    const auto sent = co_await dialogue().send(std::move(line), std::move(shown), deadline);
    if (!sent) co_return std::unexpected(sent.error());
    auto end = co_await hear_end(told, deadline);
    if (!end || end->kind == ImapResponse::Kind::tagged || i == command.pieces().size()) {
      co_return end;
    }
    line = command.pieces()[i];
    shown = "(the rest)";
  }
}

Expected<void> ImapSession::accepted(std::string_view command) {
  if (last_.ok()) return {};
  refused_ = true;
  return std::unexpected(
      failure(Reason::expectation_failed, stream().phases().current(),
              fmt::format("the server refused {}: {}", command, printable(last_.words()))));
}

Awaitable<Expected<std::vector<ImapResponse>>> ImapSession::run(ImapCommand command,
                                                                Deadline deadline) {
  Told told;
  const std::string name = command.name();
  const auto end = co_await send(std::move(command), told, deadline);
  if (!end) co_return std::unexpected(end.error());
  if (end->kind == ImapResponse::Kind::go_on) {
    co_return std::unexpected(broken("the server waits for more than the command"));
  }
  const auto taken = accepted(name);
  if (!taken) co_return std::unexpected(taken.error());
  co_return std::move(told.responses);
}

Awaitable<Expected<void>> ImapSession::hear_greeting(Deadline deadline) {
  const auto greeting = co_await hear(deadline, deadline);
  if (!greeting) co_return std::unexpected(greeting.error());
  banner_ = greeting->rest;
  preauthenticated_ = greeting->status == ImapStatus::preauth;
  if (greeting->kind == ImapResponse::Kind::untagged && (greeting->ok() || preauthenticated_)) {
    co_return Expected<void>{};
  }
  if (greeting->status == ImapStatus::bye || greeting->status == ImapStatus::no) {
    co_return std::unexpected(
        failure(Reason::expectation_failed, "greeting",
                fmt::format("the server refused the session: {}", printable(greeting->words()))));
  }
  co_return std::unexpected(broken("the server did not greet as IMAP servers do"));
}

Awaitable<Expected<void>> ImapSession::ask_capabilities(Deadline deadline) {
  if (!capabilities().empty()) co_return Expected<void>{};  // the greeting told them
  ImapCommand command("CAPABILITY");
  const auto told = co_await run(std::move(command), deadline);
  if (!told) co_return std::unexpected(told.error());
  co_return Expected<void>{};
}

Awaitable<Expected<void>> ImapSession::ask_for_tls(Deadline deadline) {
  ImapCommand command("STARTTLS");
  auto told = co_await run(std::move(command), deadline);
  if (told) co_return Expected<void>{};
  if (refused()) told.error().reason = Reason::tls_handshake;
  co_return std::unexpected(told.error());
}

Awaitable<Expected<void>> ImapSession::logout(Deadline deadline) {
  leaving_ = true;
  ImapCommand command("LOGOUT");
  const auto told = co_await run(std::move(command), deadline);
  if (!told) co_return std::unexpected(told.error());
  co_return Expected<void>{};
}

}  // namespace vedette::mail
