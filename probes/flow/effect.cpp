// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/effect.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace vedette::flow {
namespace {

std::int64_t number(const Result& result, std::string_view name) {
  const auto fact = std::ranges::find(result.facts, name, &Fact::name);
  const auto* value =
      fact == result.facts.end() ? nullptr : std::get_if<std::int64_t>(&fact->value);
  return value == nullptr ? 0 : *value;
}

// "auth" fetches a token; what it is for comes afterwards.
bool leads_to_a_connection(const Phase& phase) {
  constexpr std::array<std::string_view, 5> before{"auth", "resolve", "connect", "tls", "total"};
  return std::ranges::find(before, phase.name) != before.end();
}

bool for_want_of_a_connection(Reason reason) {
  return (reason >= Reason::dns_nxdomain && reason <= Reason::connect_unreachable) ||
         (reason >= Reason::tls_expired && reason <= Reason::tls_timeout);
}

}  // namespace

bool never_sent(const Result& result) {
  // A redirect's first request was answered, a mail was sent before it could not be fetched: there
  // is a phase of it.
  return result.outcome == Outcome::fail && result.reason &&
         for_want_of_a_connection(*result.reason) && number(result, "status") == 0 &&
         std::ranges::all_of(result.phases, leads_to_a_connection);
}

bool refused_for_good(const Result& result) {
  const auto status = number(result, "status");
  constexpr std::array come_again{408, 409, 425, 429};
  return status >= 400 && status < 500 && number(result, "redirects") == 0 &&
         std::ranges::find(come_again, status) == come_again.end();
}

bool in_vain(const Result& result, const Values& captured) {
  return never_sent(result) || (captured.empty() && refused_for_good(result));
}

}  // namespace vedette::flow
