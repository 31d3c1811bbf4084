// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/cause.h"

#include <algorithm>

#include <fmt/format.h>

namespace vedette::incident {
namespace {

// Empty: such a failure can have many causes.
std::string_view what_is_wrong(Reason reason) {
  switch (reason) {
    case Reason::tls_expired:
      return "a certificate that has expired";
    case Reason::tls_not_yet_valid:
      return "a certificate that is not valid yet";
    case Reason::tls_wrong_host:
      return "a certificate that was issued for another name";
    case Reason::tls_self_signed:
    case Reason::tls_unknown_issuer:
      return "a certificate that clients do not trust";
    case Reason::dns_nxdomain:
      return "a name that is missing from the DNS";
    case Reason::mailbox_shrunk:
      return "mail that is being removed from the mailbox";
    case Reason::mailbox_read_by_others:
      return "mail that is being fetched by somebody else";
    default:
      return "";
  }
}

template <class Get>
bool all_alike(const Votes& votes, Get get) {
  return std::ranges::all_of(votes,
                             [&](const Vote* vote) { return get(*vote) == get(*votes.front()); });
}

}  // namespace

std::string apparent_cause(const Votes& failing, bool something_works, Duration failing_for) {
  if (failing.empty()) return {};
  const detect::Verdict& first = failing.front()->verdict;
  const auto reason = [](const Vote& vote) { return vote.verdict.reason; };
  if (first.reason && all_alike(failing, reason)) {
    if (const auto what = what_is_wrong(*first.reason); !what.empty())
      return fmt::format("The cause appears to be {}.", what);
  }
  const auto step = [](const Vote& vote) { return vote.verdict.step; };
  if (first.step.empty() || !all_alike(failing, step)) return {};
  if (!something_works || failing_for < narrowed_after) return {};
  return fmt::format("The problem has been narrowed down to one step, \"{}\".", first.step);
}

}  // namespace vedette::incident
