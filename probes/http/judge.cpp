// SPDX-License-Identifier: Apache-2.0
#include "probes/http/judge.h"

#include <fmt/format.h>

#include "probes/http/dialogue.h"
#include "probes/http/facts.h"
#include "probes/http/series.h"
#include "probes/http/subjects.h"
#include "probes/http/url_secrets.h"
#include "probes/peer/judge.h"
#include "probes/peer/series.h"

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

void judge_answer(const Settings& settings, const Seen& seen, Result& result) {
  const expect::JsonDocument document({seen.exchange.body, seen.exchange.body_bytes});
  const expect::Observed observed = observe(seen.exchange, document, wall_now());
  const auto unmet = peer::judge_expectations(settings, observed, seen.mask, result, seen.brief);
  if (unmet && settings.has_auth && seen.exchange.status == unauthorized) {
    peer::fail(result,
               {Reason::auth_failed,
                fmt::format("the server did not accept the credentials: {}", unmet->sentence)});
  }
}

}  // namespace

Result judge(const Settings& settings, const Seen& asked) {
  const net::HttpExchange& exchange = asked.exchange;
  const Mask mask = with_url_secrets(asked.mask, exchange);
  const Seen seen{asked.request, exchange, mask, asked.brief};
  Result result;
  result.duration = exchange.timings.total;
  result.phases = phases_of(exchange.timings);
  result.gauges = gauge_values(exchange);
  result.infos = peer::tls_info_labels(exchange.tls);
  if (exchange.failure) {
    peer::fail(result, *exchange.failure, "an answer");
  } else {
    judge_answer(settings, seen, result);
  }
  const bool passed = result.outcome == Outcome::pass;
  if (!passed || !seen.brief) result.facts = facts_of(exchange);
  if (!mask.empty()) peer::mask_texts(result, mask);
  if (!passed) {
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
  peer::fail(result, failure, "an access token");
  peer::mask_texts(result, settings.mask);
  result.transcript.add("* " + result.message);
  return result;
}

}  // namespace vedette::http
