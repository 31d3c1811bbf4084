// SPDX-License-Identifier: Apache-2.0
#include "probes/pop3/run.h"

#include "probes/mail/each_family.h"
#include "probes/mail/pop3_session.h"
#include "probes/mail/report.h"
#include "probes/pop3/subjects.h"

namespace vedette::pop3 {
namespace {

using mail::Expected;
using mail::Pop3Drop;
using mail::Pop3Session;

Awaitable<Expected<void>> converse(const Settings& settings, Pop3Session& session,
                                   std::optional<Pop3Drop>& drop, Deadline deadline) {
  auto done = co_await session.open(deadline);
  if (done && settings.access.credentials) {
    done = co_await session.sign_in(*settings.access.credentials, deadline);
    if (!done) co_return done;
    session.enter("command");
    const auto told = co_await session.stat(deadline);
    if (!told) co_return std::unexpected(told.error());
    drop = *told;
  }
  if (!done) co_return done;
  session.enter("command");
  const auto heard = co_await session.quit(deadline);
  co_return mail::goodbye(heard);
}

expect::Observed add_drop(const std::optional<Pop3Drop>& drop, Result& result) {
  expect::Observed observed;
  const auto add = [&](std::size_t place, std::uint64_t number) {
    result.gauges.push_back(static_cast<double>(number));
    observed.set(place, static_cast<double>(number));
    result.facts.push_back(
        {std::string(own_subjects[place].key), static_cast<std::int64_t>(number)});
  };
  if (drop) {
    add(0, drop->messages);
    add(1, drop->bytes);
  }
  result.gauges.resize(gauges.size(), not_seen);
  return observed;
}

Awaitable<Result> ask(const Settings& settings, net::Toolbox& net, const mail::Server& server,
                      Deadline deadline) {
  Pop3Session session(net, server, settings.mask);
  std::optional<Pop3Drop> drop;
  const auto done = co_await converse(settings, session, drop, deadline);
  session.close();
  Result result = mail::report(session);
  const auto observed = add_drop(drop, result);
  mail::settle(session, done, settings.expectations, observed, own_subjects.size(), settings.mask,
               result);
  mail::close_report(session, settings.mask, result);
  co_return result;
}

}  // namespace

Awaitable<Result> run(const Settings& settings, net::Toolbox& net, Deadline deadline) {
  return mail::each_family(settings.access.servers, deadline,
                           [&](const mail::Server& server, Deadline share) {
                             return ask(settings, net, server, share);
                           });
}

}  // namespace vedette::pop3
