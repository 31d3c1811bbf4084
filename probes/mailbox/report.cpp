// SPDX-License-Identifier: Apache-2.0
#include "probes/mailbox/report.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "probes/mailbox/subjects.h"

namespace vedette::mailbox {
namespace {

// The fullest one counts.
double quota_percent(const Seen& seen) {
  const auto fullest = std::ranges::max_element(seen.quota, {}, &QuotaUse::percent);
  return fullest == seen.quota.end() ? not_seen : fullest->percent();
}

double canary_value(const Limits& limits, const Decision& decision) {
  if (!limits.canary) return not_seen;
  return decision.next.canary && !decision.next.canary->wrong ? 1 : 0;
}

// In the order of own_gauges.
std::vector<double> own_values(const Limits& limits, const Visit& visit) {
  if (!visit.seen) return std::vector<double>(own_gauges.size(), not_seen);
  const Seen& seen = *visit.seen;
  return {static_cast<double>(seen.messages()),
          static_cast<double>(seen.unseen()),
          static_cast<double>(seen.marked()),
          static_cast<double>(seen.uidnext),
          static_cast<double>(seen.uidvalidity),
          canary_value(limits, *visit.decision),
          quota_percent(seen) / 100};
}

void add_facts(const Seen& seen, std::vector<Fact>& facts) {
  const auto add = [&](std::string_view name, std::int64_t value) {
    facts.push_back({std::string(name), value});
  };
  add("messages", seen.messages());
  add("unseen", seen.unseen());
  add("marked", seen.marked());
  add("uidnext", seen.uidnext);
  add("uidvalidity", seen.uidvalidity);
  add("own_messages", std::ssize(seen.own));
  for (const QuotaUse& quota : seen.quota) {
    facts.push_back({fmt::format("quota_{}", quota.resource),
                     fmt::format("{} of {}", quota.used, quota.limit)});
  }
}

// In the order of own_subjects.
expect::Observed observe(const Seen& seen) {
  expect::Observed out;
  std::size_t next = 0;
  for (const std::uint32_t number : {seen.messages(), seen.unseen(), seen.marked()})
    out.set(next++, static_cast<double>(number));
  if (!seen.quota.empty()) out.set(next, quota_percent(seen));
  return out;
}

// What the guard looked for stands before what was expected beside, and weighs more.
void add_findings(const Decision& decision, Result& result) {
  std::vector<Observation> evidence;
  for (const Finding& finding : decision.findings) evidence.push_back(finding.observation);
  std::ranges::move(result.evidence, std::back_inserter(evidence));
  result.evidence = std::move(evidence);
  const Finding* worst = decision.worst();
  const bool is_worse =
      result.outcome != Outcome::fail || result.reason == Reason::expectation_failed;
  if (worst != nullptr && is_worse) peer::fail(result, {*worst->reason, worst->observation.saw});
}

}  // namespace

Result report(const Settings& settings, const Visit& visit) {
  Result result = mail::report(visit.session);
  const auto own = own_values(settings.limits, visit);
  result.gauges.insert(result.gauges.end(), own.begin(), own.end());
  if (visit.seen) add_facts(*visit.seen, result.facts);
  mail::settle(visit.session, visit.done, settings.expectations,
               visit.seen ? observe(*visit.seen) : expect::Observed(), own_subjects.size(),
               settings.mask, result);
  if (visit.decision) add_findings(*visit.decision, result);
  mail::close_report(visit.session, settings.mask, result);
  return result;
}

}  // namespace vedette::mailbox
