// SPDX-License-Identifier: Apache-2.0
#include "probes/round_trip/judge.h"

#include <algorithm>
#include <ranges>

#include <fmt/format.h>

#include "probes/round_trip/alterations.h"
#include "probes/round_trip/facts.h"
#include "probes/round_trip/series.h"

namespace vedette::round_trip {
namespace {

// Something that is wrong with the arrival, and how bad that is.
struct Finding {
  Outcome outcome = Outcome::pass;
  Reason reason{};
  Observation observation;
};

int badness(Outcome outcome) {
  return outcome == Outcome::fail ? 2 : outcome == Outcome::degraded ? 1 : 0;
}

std::string copies_words(const Trip& trip) {
  const std::size_t copies = trip.arrival->copies;
  if (copies > 1) return fmt::format("the message arrived {} times", copies);
  if (trip.late_copies == 1) return "a message of an earlier run arrived once more";
  if (trip.late_copies > 1) {
    return fmt::format("{} messages of earlier runs arrived once more", trip.late_copies);
  }
  return "the message arrived once";
}

// In the order in which they are told.
std::vector<Finding> findings_of(const Rules& rules, const Trip& trip,
                                 const std::vector<std::string>& changes) {
  const Arrival& arrival = *trip.arrival;
  const bool several = arrival.copies > 1 || trip.late_copies > 0;
  const auto judged = [](bool holds, Outcome otherwise) {
    return holds ? Outcome::pass : otherwise;
  };
  return {
      {judged(!arrival.astray, rules.junk),
       Reason::mail_in_junk,
       {fmt::format("folder: {}", rules.folders.front()),
        fmt::format("the message arrived in {}", arrival.folder), !arrival.astray}},
      {judged(changes.empty(), rules.altered),
       Reason::mail_altered,
       {"unaltered",
        changes.empty() ? std::string("the message was as it was sent")
                        : fmt::format("{}", fmt::join(changes, "; ")),
        changes.empty()}},
      {judged(!several, rules.duplicated),
       Reason::mail_duplicated,
       {"once", copies_words(trip), !several}},
  };
}

// An expectation of the delivery time has a reason of its own.
void name_lateness(Result& result) {
  if (result.reason != Reason::expectation_failed) return;
  const auto unmet = std::ranges::find_if(result.evidence, [&](const Observation& seen) {
    return !seen.ok && seen.saw == result.message;
  });
  if (unmet != result.evidence.end() &&
      unmet->expectation.starts_with(fmt::format("{}:", delivery_key))) {
    result.reason = Reason::mail_late;
  }
}

// What is wrong with the arrival says more than an expectation that is just as bad, and the first
// of several says it.
void judge_arrival(const Rules& rules, const Trip& trip, const Reading& reading,
                   const std::vector<std::string>& changes, const Mask& mask, Instant now,
                   Result& result) {
  const expect::Observed observed = observe(trip, reading, now);
  peer::judge_expectations(rules.expectations, observed, mask, result);
  name_lateness(result);
  std::vector<Finding> findings = findings_of(rules, trip, changes);
  for (const Finding& finding : findings | std::views::reverse) {
    if (finding.outcome == Outcome::pass || badness(finding.outcome) < badness(result.outcome)) {
      continue;
    }
    result.outcome = finding.outcome;
    result.reason = finding.reason;
    result.message = finding.observation.saw;
  }
  for (Finding& finding : findings | std::views::reverse) {
    // What may happen is told, but is nothing that was not met.
    if (finding.outcome == Outcome::pass) finding.observation.ok = true;
    result.evidence.insert(result.evidence.begin(), std::move(finding.observation));
  }
}

net::Failure not_delivered(const Rules& rules, const Trip& trip) {
  const std::string waited = config::format_duration(trip.waited);
  std::string message = fmt::format("the message did not arrive within {}, in {}", waited,
                                    fmt::join(rules.folders, " or "));
  if (trip.cut_short) message += "; then the timeout of the check ended the wait";
  if (!trip.missing_folders.empty()) {
    message += fmt::format(" (there is no folder {})", fmt::join(trip.missing_folders, ", "));
  }
  return {Reason::mail_not_delivered, std::move(message)};
}

void judge_ending(const Rules& rules, const Trip& trip, Result& result) {
  if (trip.failure) {
    peer::fail(result, *trip.failure, "a message there and back");
  } else {
    peer::fail(result, not_delivered(rules, trip), "arrival");
  }
}

// Both sessions in one; they were masked when they were kept.
Transcript dialogue_of(const Trip& trip) {
  Transcript out;
  const auto add = [&](std::string_view title, std::string_view text) {
    if (text.empty()) return;
    out.add(title);
    for (; !text.empty(); text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1)) {
      out.add(text.substr(0, text.find('\n')));
    }
  };
  add("* submission", trip.submission_dialogue.text());
  add("* mailbox", trip.mailbox_dialogue.text());
  return out;
}

}  // namespace

Result judge(const Rules& rules, const Trip& trip, const Mask& mask, Instant now) {
  Result result;
  result.duration = trip.clock.total();
  result.phases = trip.clock.list();
  const bool whole = !trip.failure && trip.arrival;
  Reading reading;
  std::vector<std::string> changes;
  if (whole) {
    reading.message = message::parse(trip.arrival->raw);
    reading.verdicts = message::verdicts_of(reading.message.headers, rules.trusted);
    reading.way = message::way_of(reading.message.headers);
    changes = alterations(trip.sent, reading.message, mask);
    judge_arrival(rules, trip, reading, changes, mask, now, result);
  } else {
    judge_ending(rules, trip, result);
  }
  result.facts = facts_of(trip, whole ? &reading : nullptr);
  result.gauges = gauge_values(trip, whole ? &reading : nullptr, !changes.empty());
  if (!mask.empty()) peer::mask_texts(result, mask);
  if (result.outcome != Outcome::pass) result.transcript = dialogue_of(trip);
  return result;
}

}  // namespace vedette::round_trip
