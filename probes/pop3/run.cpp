// SPDX-License-Identifier: Apache-2.0
#include "probes/pop3/run.h"

#include "probes/mail/pop3_session.h"
#include "probes/mail/run.h"
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

mail::Told tell(const Pop3Session&, const std::optional<Pop3Drop>& drop, Result& result) {
  mail::Told told;
  const auto add = [&](std::size_t place, std::uint64_t number) {
    result.gauges.push_back(static_cast<double>(number));
    told.observed.set(place, static_cast<double>(number));
    result.facts.push_back(
        {std::string(own_subjects[place].key), static_cast<std::int64_t>(number)});
  };
  if (drop) {
    add(0, drop->messages);
    add(1, drop->bytes);
  }
  result.gauges.resize(gauges.size(), not_seen);
  return told;
}

}  // namespace

Awaitable<Result> run(const Settings& settings, net::Toolbox& net, Deadline deadline) {
  const mail::Conversation<Pop3Session, std::optional<Pop3Drop>, Settings> talk{
      converse, tell, own_subjects.size()};
  return mail::run(talk, settings, net, deadline);
}

}  // namespace vedette::pop3
