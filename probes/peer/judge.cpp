// SPDX-License-Identifier: Apache-2.0
#include "probes/peer/judge.h"

#include <iterator>

#include <fmt/format.h>

#include "probes/expect/parse.h"

namespace vedette::peer {
namespace {

void set_unmet(Result& result, Outcome outcome, expect::Unmet unmet) {
  result.outcome = outcome;
  result.reason = unmet.undecided ? Reason::body_too_large : Reason::expectation_failed;
  result.message = std::move(unmet.sentence);
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

Expectations read_expectations(config::Section& section,
                               std::span<const expect::Subject> subjects) {
  Expectations out;
  if (const auto* node = section.find("expect")) {
    out.expect = expect::parse(*node, "expect", subjects, section.problems());
  }
  if (const auto* node = section.find("expect_degraded")) {
    out.expect_degraded = expect::parse(*node, "expect_degraded", subjects, section.problems());
  }
  return out;
}

std::optional<expect::Unmet> judge_expectations(const Expectations& expectations,
                                                const expect::Observed& observed, const Mask& mask,
                                                Result& result, bool brief) {
  if (brief && all_hold(expectations.expect, observed) &&
      all_hold(expectations.expect_degraded, observed)) {
    result.outcome = Outcome::pass;
    return std::nullopt;
  }
  result.evidence.reserve(expectations.expect.size() + expectations.expect_degraded.size());
  auto failed = evaluate(expectations.expect, observed, mask, result.evidence);
  auto degraded = evaluate(expectations.expect_degraded, observed, mask, result.evidence);
  if (failed) {
    set_unmet(result, Outcome::fail, *failed);
  } else if (degraded) {
    set_unmet(result, Outcome::degraded, *std::move(degraded));
  } else {
    result.outcome = Outcome::pass;
  }
  return failed;
}

void fail(Result& result, net::Failure failure, std::string_view wanted) {
  result.outcome = Outcome::fail;
  result.reason = failure.reason;
  result.message = std::move(failure.message);
  if (!wanted.empty()) result.evidence.push_back({std::string(wanted), result.message, false});
}

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

}  // namespace vedette::peer
