// SPDX-License-Identifier: Apache-2.0
// The run of a probe of a mail server: one session for each IP family that is wanted, and what is
// told of it. The protocols fill in what is said and what it means.
#pragma once

#include <optional>
#include <string>
#include <utility>

#include "probes/mail/report.h"
#include "probes/probe_type.h"

namespace vedette::mail {

// What a protocol itself saw in a session.
struct Told {
  expect::Observed observed;         // its own subjects, which stand before session_subjects
  std::optional<std::string> unmet;  // a reply that was not the one that was wanted
};

// `Found` is what the commands bring to light, `Settings` hold access, expectations and mask.
template <class Session, class Found, class Settings>
struct Conversation {
  Awaitable<Expected<void>> (*converse)(const Settings&, Session&, Found&, Deadline);
  // Adds its facts, evidence and gauges.
  Told (*tell)(const Session&, const Found&, Result&);
  std::size_t own_subjects;
};

template <class Session, class Found, class Settings>
Awaitable<Result> run_one(Conversation<Session, Found, Settings> talk, const Settings& settings,
                          net::Toolbox& net, const Server& server, Deadline deadline) {
  Session session(net, server, settings.mask);
  Found found;
  const auto done = co_await talk.converse(settings, session, found, deadline);
  session.close();
  Result result = report(session);
  Told told = talk.tell(session, found, result);
  settle(session, done, settings.expectations, told.observed, talk.own_subjects, settings.mask,
         result);
  if (done && told.unmet) {
    peer::fail(result, {Reason::expectation_failed, *std::move(told.unmet)});
  }
  close_report(session, settings.mask, result);
  co_return result;
}

// The first of two families may use half of the time. `settings` outlive the run.
template <class Session, class Found, class Settings>
Awaitable<Result> run(Conversation<Session, Found, Settings> talk, const Settings& settings,
                      net::Toolbox& net, Deadline deadline) {
  const Instant started_at = wall_now();
  const auto& servers = settings.access.servers;
  const bool both = servers.size() > 1;
  const Deadline first = both ? deadline.halfway() : deadline;
  Result result = co_await run_one(talk, settings, net, servers.front(), first);
  if (both) {
    Result second = co_await run_one(talk, settings, net, servers.back(), deadline);
    result = peer::combine(std::move(result), std::move(second));
  }
  result.started_at = started_at;
  co_return result;
}

// A probe that is its settings and a function that runs them.
template <class Settings, Awaitable<Result> (*run_with)(const Settings&, net::Toolbox&, Deadline)>
class SettingsProbe final : public Probe {
 public:
  explicit SettingsProbe(Settings settings) : settings_(std::move(settings)) {}
  Awaitable<Result> run(RunInput input) const override {
    return run_with(settings_, input.net, input.deadline);
  }

 private:
  Settings settings_;
};

// As ProbeType::parse wants it.
template <class Settings, auto parse_settings, auto run_with>
std::unique_ptr<const Probe> parse_probe(const config::Node& section, config::Problems& problems) {
  std::optional<Settings> settings = parse_settings(section, problems);
  if (!settings) return nullptr;
  return std::make_unique<const SettingsProbe<Settings, run_with>>(*std::move(settings));
}

}  // namespace vedette::mail
