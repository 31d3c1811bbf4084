// SPDX-License-Identifier: Apache-2.0
#include "probes/round_trip/settings.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "probes/round_trip/parse_message.h"
#include "probes/round_trip/parse_servers.h"
#include "probes/round_trip/subjects.h"

namespace vedette::round_trip {
namespace {

using namespace std::chrono_literals;
using config::Node;
using config::Problems;
using config::Section;

constexpr Duration shortest_wait = 100ms;
constexpr Duration longest_wait = 24h;
constexpr std::int64_t usual_leftovers = 20;
constexpr std::int64_t most_leftovers = 1000;
constexpr std::size_t most_folders = 10;

Outcome read_outcome(Section& section, std::string_view key, Outcome fallback) {
  constexpr std::array outcomes{Outcome::fail, Outcome::degraded, Outcome::pass};
  const auto usual = std::ranges::find(outcomes, fallback) - outcomes.begin();
  return outcomes[section.choice(key, static_cast<std::size_t>(usual),
                                 {"fail", "degraded", "accept"})];
}

std::vector<std::string> read_folders(Section& section) {
  const Node* node = section.find("folders");
  if (node == nullptr) return {"INBOX", "Junk"};
  std::vector<std::string> folders = section.texts("folders");
  std::vector<std::string> sorted = folders;
  std::ranges::sort(sorted);
  const bool twice = std::ranges::adjacent_find(sorted) != sorted.end();
  const bool empty = folders.empty() || sorted.front().empty();
  if (empty || twice || folders.size() > most_folders) {
    section.problems().add(
        node->place, fmt::format("\"folders\" must be 1 to {} names, each once", most_folders));
    return {"INBOX"};
  }
  return folders;
}

void parse_rules(Section& section, Settings& out) {
  Rules& rules = out.rules;
  rules.folders = read_folders(section);
  rules.junk = read_outcome(section, "junk", rules.junk);
  rules.altered = read_outcome(section, "altered", rules.altered);
  rules.duplicated = read_outcome(section, "duplicated", rules.duplicated);
  rules.trusted = section.texts("authserv_id");
  rules.expectations = peer::read_expectations(section, subjects);
}

// Without a name to trust, an expectation of a verdict could never be met, or by anybody.
void check_trust(Section& section, const Rules& rules) {
  if (!rules.trusted.empty()) return;
  for (const std::string_view key : {"expect", "expect_degraded"}) {
    const Node* expected = section.find(key);
    const Node* verdicts = expected == nullptr ? nullptr : expected->find("authentication");
    if (verdicts == nullptr) continue;
    section.problems().add(verdicts->place,
                           "\"authentication\" needs \"authserv_id\": the name under which the "
                           "receiving server writes its Authentication-Results");
  }
}

void parse_times(Section& section, Settings& out) {
  const Duration within = section.duration("within", longest_wait, shortest_wait, longest_wait);
  if (section.find("within") != nullptr) out.within = within;
  out.clear_leftovers = static_cast<std::size_t>(
      section.integer("clear_leftovers", usual_leftovers, 0, most_leftovers));
}

}  // namespace

std::optional<Settings> parse_settings(const Node& node, Problems& problems) {
  Problems found;
  Section section(node, "mail_round_trip", found);
  Settings out;
  parse_servers(section, out);
  parse_message(section, out);
  parse_times(section, out);
  parse_rules(section, out);
  check_trust(section, out.rules);
  section.finish();
  for (config::Problem& problem : found.sorted()) {
    problems.add(std::move(problem.place), std::move(problem.message));
  }
  if (!found.empty()) return std::nullopt;
  return out;
}

}  // namespace vedette::round_trip
