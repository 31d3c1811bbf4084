// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/pop3_session.h"

#include <fmt/format.h>

#include "probes/encoding.h"

namespace vedette::mail {
namespace {

constexpr int max_challenges = 5;

}  // namespace

net::Failure Pop3Session::refused(Reason reason, std::string_view what,
                                  const Pop3Reply& reply) const {
  return failure(reason, stream().phases().current(),
                 fmt::format("the server refused {}: {}", what, printable(reply.text)));
}

Awaitable<Expected<std::string>> Pop3Session::hear_line(Deadline deadline) {
  auto line = co_await dialogue().stream().read_line(max_line, deadline);
  if (line) dialogue().heard(line->starts_with("+ ") ? "+ ***" : *line);
  co_return line;
}

Awaitable<Expected<Pop3Reply>> Pop3Session::hear(Deadline deadline) {
  const auto line = co_await hear_line(deadline);
  if (!line) co_return std::unexpected(line.error());
  auto reply = parse_pop3_reply(*line);
  if (reply) co_return *std::move(reply);
  co_return std::unexpected(
      failure(Reason::protocol_error, stream().phases().current(), reply.error()));
}

Awaitable<Expected<Pop3Reply>> Pop3Session::say(std::string line, std::string shown,
                                                Deadline deadline) {
  const auto sent = co_await dialogue().send(std::move(line), std::move(shown), deadline);
  if (!sent) co_return std::unexpected(sent.error());
  co_return co_await hear(deadline);
}

Awaitable<Expected<void>> Pop3Session::hear_greeting(Deadline deadline) {
  const auto reply = co_await hear(deadline);
  if (!reply) co_return std::unexpected(reply.error());
  banner_ = reply->text;
  if (reply->ok()) co_return Expected<void>{};
  co_return std::unexpected(refused(Reason::expectation_failed, "the session", *reply));
}

// A server that does not know CAPA (RFC 2449) tells of nothing.
Awaitable<Expected<void>> Pop3Session::ask_capabilities(Deadline deadline) {
  const auto reply = co_await say("CAPA", "CAPA", deadline);
  if (!reply) co_return std::unexpected(reply.error());
  Capabilities told;
  for (std::size_t count = 0; reply->ok(); ++count) {
    const auto line = co_await hear_line(deadline);
    if (!line) co_return std::unexpected(line.error());
    if (*line == ".") break;
    if (count == max_lines) {
      co_return std::unexpected(
          failure(Reason::protocol_error, stream().phases().current(), "the answer does not end"));
    }
    add_pop3_capability(*line, told);
  }
  learn(std::move(told));
  co_return Expected<void>{};
}

Awaitable<Expected<void>> Pop3Session::ask_for_tls(Deadline deadline) {
  const auto reply = co_await say("STLS", "STLS", deadline);
  if (!reply) co_return std::unexpected(reply.error());
  if (reply->ok()) co_return Expected<void>{};
  co_return std::unexpected(refused(Reason::tls_handshake, "STLS", *reply));
}

Awaitable<Expected<void>> Pop3Session::sign_in(const Credentials& credentials, Deadline deadline) {
  enter("auth");
  if (auto may = may_sign_in(); !may) co_return may;
  const auto mechanism = choose(credentials.mechanism, capabilities());
  const bool by_user = !mechanism && credentials.mechanism == Mechanism::automatic;
  if (!mechanism && !by_user) {
    co_return std::unexpected(failure(Reason::auth_failed, "auth", mechanism.error()));
  }
  Expected<Pop3Reply> reply;
  if (by_user) {
    reply = co_await user_and_password(credentials, deadline);
  } else {
    reply = co_await authenticate(*mechanism, credentials, deadline);
  }
  if (!reply) co_return std::unexpected(reply.error());
  if (reply->ok()) co_return Expected<void>{};
  co_return std::unexpected(refused(Reason::auth_failed, "the sign-in", *reply));
}

Awaitable<Expected<Pop3Reply>> Pop3Session::user_and_password(Credentials credentials,
                                                              Deadline deadline) {
  auto reply = co_await say("USER " + credentials.username, "USER ***", deadline);
  if (!reply || !reply->ok()) co_return reply;
  co_return co_await say("PASS " + credentials.password, "PASS ***", deadline);
}

Awaitable<Expected<Pop3Reply>> Pop3Session::authenticate(Mechanism mechanism,
                                                         Credentials credentials,
                                                         Deadline deadline) {
  const auto client = make_sasl(mechanism, credentials, make_nonce());
  auto initial = client->initial();
  std::string command = fmt::format("AUTH {}", name_of(mechanism));
  std::string shown = command;
  auto reply = co_await say(std::move(command), std::move(shown), deadline);
  for (int step = 0; reply && reply->kind == Pop3Reply::Kind::go_on; ++step) {
    auto answer = answer_to(*client, reply->text, initial);
    if (step == max_challenges) answer = std::unexpected("the server asks and asks");
    std::string line = answer ? base64(*answer) : "*";
    reply = co_await say(std::move(line), std::string(hidden), deadline);
    if (!answer) co_return std::unexpected(failure(Reason::auth_failed, "auth", answer.error()));
  }
  const auto proved = client->finish();
  if (reply && reply->ok() && !proved) {
    co_return std::unexpected(failure(Reason::auth_failed, "auth", proved.error()));
  }
  co_return reply;
}

Awaitable<Expected<Pop3Drop>> Pop3Session::stat(Deadline deadline) {
  const auto reply = co_await say("STAT", "STAT", deadline);
  if (!reply) co_return std::unexpected(reply.error());
  if (!reply->ok()) {
    co_return std::unexpected(refused(Reason::expectation_failed, "STAT", *reply));
  }
  const auto drop = parse_drop(reply->text);
  if (drop) co_return *drop;
  co_return std::unexpected(failure(Reason::protocol_error, stream().phases().current(),
                                    "what the mailbox holds makes no sense"));
}

Awaitable<Expected<void>> Pop3Session::quit(Deadline deadline) {
  const auto reply = co_await say("QUIT", "QUIT", deadline);
  if (!reply) co_return std::unexpected(reply.error());
  co_return Expected<void>{};
}

}  // namespace vedette::mail
