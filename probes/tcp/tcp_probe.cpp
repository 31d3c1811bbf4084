// SPDX-License-Identifier: Apache-2.0
#include "probes/tcp/tcp_probe.h"

#include "probes/peer/facts.h"
#include "probes/peer/over_families.h"
#include "probes/tcp/series.h"
#include "probes/tcp/subjects.h"
#include "probes/tcp/talk.h"

namespace vedette::tcp {
namespace {

std::vector<Fact> facts_of(const Session& session) {
  std::vector<Fact> facts;
  peer::add_text(facts, "remote_address", session.remote_address);
  for (const auto& [name, value] : session.captures)
    peer::add_text(facts, "captured_" + name, value);
  if (session.tls) peer::add_tls(facts, *session.tls);
  return facts;
}

Result judge(const Settings& settings, Session session, bool brief) {
  Result result;
  result.duration = session.clock.total();
  result.phases = session.clock.list();
  result.gauges = gauge_values(session);
  result.infos = peer::tls_info_labels(session.tls);
  if (session.failure) {
    peer::fail(result, *std::move(session.failure),
               settings.dialogue.empty() ? "a connection" : "an answer");
  } else {
    peer::judge_expectations(settings, observe(session, wall_now()), settings.mask, result, brief);
  }
  const bool passed = result.outcome == Outcome::pass;
  if (!passed || !brief) result.facts = facts_of(session);
  peer::mask_texts(result, settings.mask);
  if (!passed) result.transcript = std::move(session.transcript);
  return result;
}

class TcpProbe final : public Probe {
 public:
  explicit TcpProbe(Settings settings) : settings_(std::move(settings)) {}

  Awaitable<Result> run(RunInput input) const override {
    return peer::over_families(*this, settings_.families, input);
  }

  Awaitable<Result> run_over(net::IpFamily family, RunInput input) const {
    Session session = co_await talk(settings_, family, input.net, input.deadline);
    co_return judge(settings_, std::move(session), input.brief);
  }

 private:
  Settings settings_;
};

template <auto parse_settings>
std::unique_ptr<const Probe> parse(const config::Node& section, config::Problems& problems) {
  auto settings = parse_settings(section, problems);
  if (!settings) return nullptr;
  return std::make_unique<const TcpProbe>(*std::move(settings));
}

}  // namespace

ProbeType tcp_type() {
  return {.name = "tcp", .parse = parse<parse_tcp>, .gauges = gauges, .infos = peer::tls_infos};
}

ProbeType tls_type() {
  return {.name = "tls", .parse = parse<parse_tls>, .gauges = gauges, .infos = peer::tls_infos};
}

}  // namespace vedette::tcp
