// SPDX-License-Identifier: Apache-2.0
#include "probes/http/judge.h"

#include <fmt/format.h>

#include "probes/http/dialogue.h"
#include "probes/http/facts.h"
#include "probes/http/series.h"
#include "probes/http/subjects.h"
#include "probes/http/url_secrets.h"

namespace vedette::http {
namespace {

constexpr int unauthorized = 401;

std::vector<Phase> phases_of(const net::HttpTimings& times) {
  std::vector<Phase> phases;
  phases.reserve(6);
  for (const Phase& phase :
       {Phase{"resolve", times.resolve}, Phase{"connect", times.connect}, Phase{"tls", times.tls},
        Phase{"processing", times.processing}, Phase{"transfer", times.transfer}}) {
    if (phase.duration > Microseconds::zero()) phases.push_back(phase);
  }
  phases.push_back({"total", times.total});
  return phases;
}

void set(Result& result, Outcome outcome, Reason reason, std::string message) {
  result.outcome = outcome;
  result.reason = reason;
  result.message = std::move(message);
}

void set_unmet(Result& result, Outcome outcome, expect::Unmet unmet) {
  set(result, outcome, unmet.undecided ? Reason::body_too_large : Reason::expectation_failed,
      std::move(unmet.sentence));
}

void judge_answer(const Settings& settings, const Seen& seen, Result& result) {
  const expect::Observed observed = observe(seen.exchange, wall_now());
  result.evidence.reserve(settings.expect.size() + settings.expect_degraded.size());
  auto failed = evaluate(settings.expect, observed, seen.mask, result.evidence);
  auto degraded = evaluate(settings.expect_degraded, observed, seen.mask, result.evidence);
  if (failed && settings.has_auth && seen.exchange.status == unauthorized) {
    set(result, Outcome::fail, Reason::auth_failed,
        fmt::format("the server did not accept the credentials: {}", failed->sentence));
  } else if (failed) {
    set_unmet(result, Outcome::fail, *std::move(failed));
  } else if (degraded) {
    set_unmet(result, Outcome::degraded, *std::move(degraded));
  } else {
    result.outcome = Outcome::pass;
  }
}

void judge_failure(const net::Failure& failure, std::string_view expected, Result& result) {
  set(result, Outcome::fail, failure.reason, failure.message);
  result.evidence.push_back({std::string(expected), failure.message, false});
}

// The last door: whatever text got into the result by whatever way, secrets are not in it.
void mask_texts(Result& result, const Mask& mask) {
  const auto clean = [&](std::string& text) { text = mask.apply(text); };
  clean(result.message);
  for (Observation& observation : result.evidence) {
    clean(observation.expectation);
    clean(observation.saw);
  }
  for (Fact& fact : result.facts) {
    if (auto* text = std::get_if<std::string>(&fact.value)) clean(*text);
    if (auto* texts = std::get_if<std::vector<std::string>>(&fact.value)) {
      for (std::string& text : *texts) clean(text);
    }
  }
  for (std::string& info : result.infos) clean(info);
}

void name_family(Result& result, std::string_view family) {
  for (Observation& observation : result.evidence) {
    observation.expectation = fmt::format("{}, {}", family, observation.expectation);
    observation.saw = fmt::format("over {}: {}", family, observation.saw);
  }
  if (!result.message.empty()) result.message = fmt::format("over {}: {}", family, result.message);
}

// Higher is worse.
int badness(const Result& result) {
  switch (result.outcome) {
    case Outcome::pass:
      return 0;
    case Outcome::unknown:
      return 1;
    case Outcome::degraded:
      return 2;
    case Outcome::fail:
      return 3;
  }
  return 3;
}

}  // namespace

Result judge(const Settings& settings, const Seen& asked) {
  const net::HttpExchange& exchange = asked.exchange;
  const Mask mask = with_url_secrets(asked.mask, exchange);
  const Seen seen{asked.request, exchange, mask};
  Result result;
  result.duration = exchange.timings.total;
  result.phases = phases_of(exchange.timings);
  result.facts = facts_of(exchange);
  result.gauges = gauge_values(exchange);
  result.infos = info_labels(exchange);
  if (exchange.failure) {
    judge_failure(*exchange.failure, "an answer", result);
  } else {
    judge_answer(settings, seen, result);
  }
  if (!mask.empty()) mask_texts(result, mask);
  if (result.outcome != Outcome::pass) {
    result.transcript = dialogue(seen.request, exchange, mask);
  }
  return result;
}

Result refuse(const Settings& settings, const net::Failure& failure, Microseconds spent) {
  Result result;
  result.duration = spent;
  result.phases = {{"auth", spent}, {"total", spent}};
  result.facts = {{"token_url", settings.oauth2->request.url}};
  result.gauges.assign(gauges.size(), not_seen);
  result.infos.resize(infos.size());
  judge_failure(failure, "an access token", result);
  mask_texts(result, settings.mask);
  result.transcript.add("* " + result.message);
  return result;
}

Result combine(Result v4, Result v6) {
  name_family(v4, "IPv4");
  name_family(v6, "IPv6");
  const int difference = badness(v6) - badness(v4);
  const bool take_v6 = difference > 0 || (difference == 0 && v6.duration > v4.duration);
  std::vector<Observation> evidence = std::move(v4.evidence);
  evidence.insert(evidence.end(), std::make_move_iterator(v6.evidence.begin()),
                  std::make_move_iterator(v6.evidence.end()));
  Result chosen = take_v6 ? std::move(v6) : std::move(v4);
  chosen.evidence = std::move(evidence);
  return chosen;
}

}  // namespace vedette::http
