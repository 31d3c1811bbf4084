// SPDX-License-Identifier: Apache-2.0
// AUTHENTICATE (RFC 9051, section 6.2.2) and LOGIN.
#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/mail/imap_session.h"

namespace vedette::mail {
namespace {

constexpr int max_challenges = 5;

net::Failure auth_failure(std::string_view what) {
  return failure(Reason::auth_failed, "auth", what);
}

}  // namespace

Awaitable<Expected<void>> ImapSession::sign_in(const Credentials& credentials, Deadline deadline) {
  enter("auth");
  if (preauthenticated_) co_return Expected<void>{};
  if (auto may = may_sign_in(); !may) co_return may;
  const auto mechanism = choose(credentials.mechanism, capabilities());
  const bool by_login = !mechanism &&
                        (credentials.mechanism == Mechanism::automatic ||
                         credentials.mechanism == Mechanism::login) &&
                        !capabilities().has("LOGINDISABLED");
  if (!mechanism && !by_login) co_return std::unexpected(auth_failure(mechanism.error()));
  const bool initial_response = capabilities().has("SASL-IR");
  // They may be others for somebody who is known.
  forget_capabilities();
  Expected<void> done;
  if (by_login) {
    done = co_await log_in(credentials, deadline);
  } else {
    done = co_await authenticate(*mechanism, credentials, initial_response, deadline);
  }
  if (done) done = co_await ask_capabilities(deadline);
  co_return done;
}

Awaitable<Expected<void>> ImapSession::log_in(Credentials credentials, Deadline deadline) {
  ImapCommand command("LOGIN");
  command.secret(credentials.username).secret(credentials.password);
  auto told = co_await run(std::move(command), deadline);
  if (told) co_return Expected<void>{};
  if (refused()) told.error().reason = Reason::auth_failed;
  co_return std::unexpected(told.error());
}

Awaitable<Expected<void>> ImapSession::authenticate(Mechanism mechanism, Credentials credentials,
                                                    bool initial_response, Deadline deadline) {
  const auto client = make_sasl(mechanism, credentials, make_nonce());
  auto initial = client->initial();
  ImapCommand command("AUTHENTICATE");
  command.raw(name_of(mechanism));
  if (initial && initial_response) {
    command.hidden_word(base64(*initial));
    initial.reset();
  }
  hides_challenges_ = true;
  Told told;
  auto end = co_await send(std::move(command), told, deadline);
  for (int step = 0; end && end->kind == ImapResponse::Kind::go_on; ++step) {
    auto answer = answer_to(*client, end->rest, initial);
    if (step == max_challenges) answer = std::unexpected("the server asks and asks");
    std::string line = answer ? base64(*answer) : "*";
    const auto sent = co_await dialogue().send(std::move(line), std::string(hidden), deadline);
    if (!sent) co_return sent;
    end = co_await hear_end(told, deadline);
    if (!answer) co_return std::unexpected(auth_failure(answer.error()));
  }
  hides_challenges_ = false;
  if (!end) co_return std::unexpected(end.error());
  auto taken = accepted("the sign-in");
  if (!taken) {
    taken.error().reason = Reason::auth_failed;
    co_return taken;
  }
  const auto proved = client->finish();
  if (!proved) co_return std::unexpected(auth_failure(proved.error()));
  co_return Expected<void>{};
}

}  // namespace vedette::mail
