// SPDX-License-Identifier: Apache-2.0
#include "probes/round_trip/submit.h"

#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/mail/smtp_session.h"

namespace vedette::round_trip {
namespace {

using namespace std::chrono_literals;
using mail::SmtpReply;

// A server that is slow to say goodbye is none of the message's business.
constexpr Duration time_for_goodbye = 500ms;

net::Failure named(net::Failure failure) {
  failure.message = fmt::format("submission: {}", failure.message);
  return failure;
}

net::Failure refused(std::string_view what, const SmtpReply& reply) {
  return {reply.temporary() ? Reason::mail_deferred : Reason::mail_refused,
          mail::refusal(what, reply)};
}

// What a step of the submission gave: nothing, or why there is no next step.
std::optional<net::Failure> problem(std::string_view what, const mail::Expected<SmtpReply>& reply) {
  if (!reply) return reply.error();
  if (!reply->positive()) return refused(what, *reply);
  return std::nullopt;
}

Awaitable<mail::Expected<void>> sign_in(mail::SmtpSession& session, const Settings& settings,
                                        Deadline deadline) {
  auto done = co_await session.open(deadline);
  const auto& credentials = settings.submission.credentials;
  if (done && credentials) done = co_await session.sign_in(*credentials, deadline);
  co_return done;
}

Awaitable<std::optional<net::Failure>> hand_over(mail::SmtpSession& session,
                                                 const Settings& settings, Trip& trip,
                                                 Deadline deadline) {
  const auto ready = co_await sign_in(session, settings, deadline);
  if (!ready) co_return ready.error();
  session.enter("command");
  auto reply = co_await session.mail_from(settings.envelope_from, deadline);
  if (auto failure = problem("the sender", reply)) co_return failure;
  reply = co_await session.rcpt_to(settings.envelope_to, deadline);
  if (auto failure = problem("the recipient", reply)) co_return failure;
  session.enter("data");
  reply = co_await session.data(trip.sent.text, deadline);
  if (auto failure = problem("the message", reply)) co_return failure;
  trip.accepted = printable(reply->words());
  co_return std::nullopt;
}

}  // namespace

Awaitable<void> submit(net::Toolbox& net, const Settings& settings, Trip& trip, Deadline deadline) {
  trip.clock.enter("submission");
  mail::SmtpSession session(net, settings.submission.server, settings.mask);
  auto failure = co_await hand_over(session, settings, trip, deadline);
  trip.submission = {session.stream().remote_address(), session.stream().tls()};
  if (failure) {
    trip.failure = named(*std::move(failure));
  } else {
    trip.clock.enter("delivery");
    Deadline goodbye = deadline;
    goodbye.at = std::min(goodbye.at, Deadline::in(time_for_goodbye).at);
    co_await session.quit(goodbye);
  }
  trip.submission_dialogue = session.transcript();
  session.close();
}

}  // namespace vedette::round_trip
