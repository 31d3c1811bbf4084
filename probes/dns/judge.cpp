// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/judge.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "probes/dns/facts.h"
#include "probes/dns/series.h"
#include "probes/dns/subjects.h"
#include "probes/dns/wire/words.h"

namespace vedette::dns {
namespace {

const Mask nothing_secret;

// The response code was not the one that was wanted; nothing when it tells no reason of its own.
std::optional<net::Failure> failure_of_rcode(const Asked& asked, const std::string& name) {
  switch (asked.answer->header.rcode) {
    case rcode::nxdomain:
      return net::Failure{Reason::dns_nxdomain, fmt::format("the name {} does not exist", name)};
    case rcode::refused:
      return net::Failure{Reason::dns_refused,
                          fmt::format("{} refused to answer (REFUSED)", asked.server)};
    case rcode::servfail:
      if (asked.bogus) {
        return net::Failure{
            Reason::dns_bogus,
            fmt::format("{} has an answer, but it did not stand up to DNSSEC validation",
                        asked.server)};
      }
      return net::Failure{Reason::dns_servfail,
                          fmt::format("{} could not answer (SERVFAIL)", asked.server)};
    default:
      return std::nullopt;
  }
}

std::string with_extended_errors(std::string message, const Message& answer) {
  const auto errors = extended_errors_of(answer);
  return errors.empty() ? message
                        : fmt::format("{}; it says: {}", message, fmt::join(errors, "; "));
}

// What must hold beside the expectations, in this order.
std::optional<net::Failure> failure_beside(const Settings& settings, const Asked& asked,
                                           const View& view, bool of_zone) {
  const Header& header = asked.answer->header;
  if (of_zone && !header.authoritative) {
    return net::Failure{
        Reason::dns_not_authoritative,
        fmt::format("{} is lame: it does not know the zone it is named for", asked.server)};
  }
  if (settings.authenticated && !header.authenticated) {
    return net::Failure{
        Reason::dns_not_authenticated,
        fmt::format("{} did not say that it validated the answer (AD)", asked.server)};
  }
  if (!settings.may_be_empty && header.rcode == rcode::noerror && view.data().empty()) {
    return net::Failure{
        Reason::dns_no_data,
        fmt::format("{} has no record of type {}", settings.name, type_text(settings.query.type))};
  }
  return std::nullopt;
}

void judge_answer(const Settings& settings, const Asked& asked, const View& view, Manner manner,
                  Instant now, Result& result) {
  const expect::Observed observed = view.observe(now);
  const auto unmet =
      peer::judge_expectations(settings, observed, nothing_secret, result, manner.brief);
  if (unmet && unmet->subject == rcode_subject) {
    auto failure = failure_of_rcode(asked, settings.name);
    if (!failure) return;
    failure->message = with_extended_errors(std::move(failure->message), *asked.answer);
    return peer::fail(result, *std::move(failure));
  }
  if (auto failure = failure_beside(settings, asked, view, manner.of_zone)) {
    return peer::fail(result, *std::move(failure), "an answer");
  }
  if (unmet && unmet->subject == authoritative_subject && !asked.answer->header.authoritative) {
    peer::fail(result, {Reason::dns_not_authoritative,
                        fmt::format("{} did not answer with authority", asked.server)});
  }
}

}  // namespace

Result judge(const Settings& settings, const Asked& asked, Manner manner, Instant now) {
  Result result;
  result.duration = asked.clock.total();
  result.phases = asked.clock.list();
  result.infos = peer::tls_info_labels(asked.tls);
  std::optional<View> view;
  if (asked.answer) view.emplace(asked, settings.query, settings.reads_sections);
  const View* seen = view ? &*view : nullptr;
  result.gauges = gauge_values(asked, seen, now);
  if (view) {
    judge_answer(settings, asked, *view, manner, now, result);
  } else {
    peer::fail(result, *asked.failure, "an answer");
  }
  const bool passed = result.outcome == Outcome::pass;
  if (!passed || !manner.brief) result.facts = facts_of(asked, seen, now);
  if (!passed) {
    result.transcript = dialogue(asked, settings.name, settings.query);
  }
  return result;
}

}  // namespace vedette::dns
