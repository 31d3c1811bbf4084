// SPDX-License-Identifier: Apache-2.0
#include "agent/store/votes_table.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "agent/store/words.h"

namespace vedette::store {
namespace {

std::optional<std::string> reason_text(const detect::Verdict& verdict) {
  if (!verdict.reason) return std::nullopt;
  return std::string(text(*verdict.reason));
}

incident::Vote read_vote(Db& db, const Statement& row) {
  incident::Vote vote;
  vote.check = row.text(0);
  vote.region = row.text(1);
  vote.component = row.text(2);
  vote.probe = row.text(3);
  vote.verdict.state = word(db, detect::parse_state, row.text(4));
  vote.verdict.since = row.instant(5);
  vote.verdict.decided = row.instant(6);
  if (const auto reason = row.maybe_text(7)) vote.verdict.reason = word(db, parse_reason, *reason);
  vote.verdict.message = row.text(8);
  vote.verdict.evidence = row.text(9);
  vote.verdict.unstable = row.boolean(10);
  vote.variant = row.text(11);
  vote.verdict.step = row.text(12);
  vote.weight = static_cast<int>(row.integer(13));
  return vote;
}

#define VOTE_COLUMNS                                                                         \
  "check_name, region, component, probe, state, since, decided, reason, message, evidence, " \
  "unstable, variant, step, weight"
constexpr std::string_view select_region =
    "SELECT " VOTE_COLUMNS " FROM votes WHERE region = ? ORDER BY check_name";
constexpr std::string_view select_component =
    "SELECT " VOTE_COLUMNS
    " FROM votes WHERE component = ? AND NOT EXISTS "
    "(SELECT 1 FROM agents WHERE agents.region = votes.region AND agents.seen < ?) "
    "ORDER BY check_name, region";
constexpr std::string_view upsert =
    "INSERT INTO votes (" VOTE_COLUMNS
    ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
    "ON CONFLICT (check_name, region) DO UPDATE SET component = excluded.component, "
    "probe = excluded.probe, state = excluded.state, since = excluded.since, "
    "decided = excluded.decided, reason = excluded.reason, message = excluded.message, "
    "evidence = excluded.evidence, unstable = excluded.unstable, variant = excluded.variant, "
    "step = excluded.step, weight = excluded.weight "
    "WHERE excluded.decided >= votes.decided";
#undef VOTE_COLUMNS

template <class... Values>
std::vector<incident::Vote> select(Db& db, std::string_view sql, const Values&... values) {
  std::vector<incident::Vote> votes;
  db.query(
      sql, [&](const Statement& row) { votes.push_back(read_vote(db, row)); }, values...);
  return votes;
}

}  // namespace

void write_vote(Db& db, const incident::Vote& vote) {
  const detect::Verdict& verdict = vote.verdict;
  const std::optional<std::string> reason = reason_text(verdict);
  db.run(upsert, vote.check, vote.region, vote.component, vote.probe, text(verdict.state),
         verdict.since, verdict.decided, reason, verdict.message, verdict.evidence,
         verdict.unstable, vote.variant, verdict.step, vote.weight);
}

std::vector<std::string> components_heard_of(Db& db) {
  std::vector<std::string> components;
  db.query(
      "SELECT DISTINCT component FROM votes WHERE state <> ? ORDER BY component",
      [&](const Statement& row) { components.push_back(row.text(0)); },
      text(detect::State::unknown));
  return components;
}

std::vector<Sighting> sightings(Db& db, Instant heard_since) {
  std::map<std::pair<std::string, std::string>, std::vector<incident::Vote>> by_place;
  db.query(
      "SELECT component, votes.region, state, agents.seen IS NULL OR agents.seen >= ? FROM votes "
      "LEFT JOIN agents ON agents.region = votes.region",
      [&](const Statement& row) {
        incident::Vote vote;
        if (row.boolean(3)) vote.verdict.state = word(db, detect::parse_state, row.text(2));
        by_place[{row.text(0), row.text(1)}].push_back(std::move(vote));
      },
      heard_since);
  std::vector<Sighting> all;
  for (const auto& [place, votes] : by_place) {
    const bool told = std::ranges::any_of(votes, [](const incident::Vote& vote) {
      return vote.verdict.state != detect::State::unknown;
    });
    Sighting sighting{place.first, place.second, std::nullopt};
    if (told) {
      sighting.status = incident::component_status(votes, incident::ComponentStatus::operational);
    }
    all.push_back(std::move(sighting));
  }
  return all;
}

std::vector<incident::Vote> votes_of_region(Db& db, const std::string& region) {
  return select(db, select_region, region);
}

std::vector<incident::Vote> votes_of_component(Db& db, const std::string& component,
                                               Instant heard_since) {
  return select(db, select_component, component, heard_since);
}

void forget_votes_but(Db& db, const std::string& region, const std::vector<std::string>& checks) {
  const std::set<std::string> kept(checks.begin(), checks.end());
  for (const incident::Vote& vote : votes_of_region(db, region)) {
    if (kept.contains(vote.check)) continue;
    db.run("DELETE FROM votes WHERE check_name = ? AND region = ?", vote.check, region);
  }
}

}  // namespace vedette::store
