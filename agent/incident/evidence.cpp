// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/evidence.h"

#include <algorithm>

#include <fmt/format.h>

namespace vedette::incident::evidence {
namespace {

constexpr std::size_t longest_message = 300;
// A fault that many checks meet shows the same in all of them; the first ones have to do.
constexpr std::size_t most_evidence = 32UZ * 1024;

std::string reason_of(const detect::Verdict& verdict) {
  return std::string(verdict.reason ? text(*verdict.reason) : "no reason given");
}

// What makes a line news: the same check, failing in the same way for the same reason, is told
// once.
std::string key(const Vote& vote) {
  return fmt::format("- check {} in {} is {}{}: {},", vote.check, vote.region,
                     detect::text(vote.verdict.state), unstable(vote) ? ", unstable" : "",
                     reason_of(vote.verdict));
}

// At the start of a line only: what is set in came from the servers that were asked.
bool says(std::string_view text, const std::string& key) {
  return text.starts_with(key) || text.contains("\n" + key);
}

bool is_told(const std::string& key, std::span<const Update> told) {
  return std::ranges::any_of(
      told, [&](const Update& update) { return !update.is_public && says(update.text, key); });
}

// Cut between characters, never inside one: the text goes into JSON.
std::string_view bounded(std::string_view message) {
  if (message.size() <= longest_message) return message;
  std::size_t end = longest_message;
  while (end > 0 && (static_cast<unsigned char>(message[end]) & 0xC0U) == 0x80U) --end;
  return message.substr(0, end);
}

std::string line(const Vote& vote) {
  const std::string_view message = bounded(vote.verdict.message);
  return fmt::format("{} since {}, settled {}{}{}\n", key(vote), format_instant(vote.verdict.since),
                     format_instant(vote.verdict.decided), message.empty() ? "" : ": ", message);
}

std::string set_in(std::string_view text) {
  std::string lines;
  while (!text.empty()) {
    const std::string_view first = text.substr(0, text.find('\n'));
    lines += fmt::format("    {}\n", first);
    text.remove_prefix(std::min(first.size() + 1, text.size()));
  }
  return lines;
}

}  // namespace

std::string untold(const View& view, std::span<const Update> told) {
  std::string lines;
  std::size_t room = most_evidence;
  for (const auto& [id, one] : view) {
    for (const Vote* vote : failing_votes(one.votes)) {
      if (is_told(key(*vote), told)) continue;
      lines += line(*vote);
      const std::string evidence = set_in(vote->verdict.evidence);
      if (evidence.size() > room) continue;
      lines += evidence;
      room -= evidence.size();
    }
  }
  return lines;
}

std::string unseen(const Votes& votes, std::span<const Update> told) {
  std::string lines;
  for (const Vote* vote : votes) {
    const auto& reason = vote->verdict.reason;
    const bool ours = reason == Reason::agent_blind || reason == Reason::agent_late;
    if (!known(*vote) && ours && !is_told(key(*vote), told)) lines += line(*vote);
  }
  return lines;
}

std::string passing(const Votes& votes, Instant after) {
  std::string lines;
  for (const Vote* vote : votes) {
    const detect::Verdict& verdict = vote->verdict;
    if (verdict.state != detect::State::up || verdict.since < after) continue;
    lines +=
        fmt::format("- check {} in {} passes since {}, settled {}\n", vote->check, vote->region,
                    format_instant(verdict.since), format_instant(verdict.decided));
  }
  return lines;
}

std::string impact_of_all(Impact worst) {
  return fmt::format("Impact of the whole incident: {}.\n", text(worst));
}

std::string impact_change(Impact before, Impact after) {
  return fmt::format("Impact is now {}, it was {}.\n", text(after), text(before));
}

}  // namespace vedette::incident::evidence
