// SPDX-License-Identifier: Apache-2.0
#include "agent/store/history_table.h"

#include <algorithm>
#include <optional>

#include "agent/store/store.h"
#include "agent/store/words.h"

namespace vedette::store {
namespace {

using uptime::Condition;
using uptime::Day;
using uptime::Spent;
using uptime::Stretch;
using Stretches = std::map<std::string, std::vector<Stretch>>;

// Of so many days before today every change is kept: what the last 24 hours need, and one more.
constexpr std::chrono::days kept_whole{2};

std::int64_t number_of(Day day) {
  return day.time_since_epoch().count();
}

Condition read_condition(Db& db, const std::string& text) {
  return word(db, uptime::parse_condition, text);
}

std::optional<Stretch> last_stretch(Db& db, const std::string& component) {
  std::optional<Stretch> last;
  db.query(
      "SELECT began, condition FROM stretches WHERE component = ? ORDER BY began DESC LIMIT 1",
      [&](const Statement& row) {
        last = Stretch{row.instant(0), read_condition(db, row.text(1))};
      },
      component);
  return last;
}

void write_stretch(Db& db, const std::string& component, const Stretch& stretch) {
  db.run(
      "INSERT INTO stretches (component, began, condition) VALUES (?, ?, ?) "
      "ON CONFLICT (component, began) DO UPDATE SET condition = excluded.condition",
      component, stretch.began, uptime::text(stretch.condition));
}

// Those that began before `end`.
Stretches stretches_until(Db& db, Instant end) {
  Stretches all;
  db.query(
      "SELECT component, began, condition FROM stretches WHERE began < ? ORDER BY component, began",
      [&](const Statement& row) {
        all[row.text(0)].push_back({row.instant(1), read_condition(db, row.text(2))});
      },
      end);
  return all;
}

void write_day(Db& db, const std::string& component, Day day, const Spent& spent) {
  db.run(
      "INSERT INTO days (component, day, operational, degraded_performance, partial_outage, "
      "major_outage, under_maintenance, unknown) VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
      "ON CONFLICT (component, day) DO NOTHING",
      component, number_of(day), spent.in[0].count(), spent.in[1].count(), spent.in[2].count(),
      spent.in[3].count(), spent.in[4].count(), spent.in[5].count());
}

void sum_up(Db& db, const std::string& component, const std::vector<Stretch>& stretches,
            const std::vector<uptime::Gap>& dark, Day end) {
  auto day = std::chrono::floor<std::chrono::days>(stretches.front().began);
  day = std::max(day, end - history_kept);
  for (; day < end; day += std::chrono::days(1)) {
    const auto spent = uptime::spent(stretches, dark, day, day + std::chrono::days(1));
    if (spent[Condition::operational] < std::chrono::days(1)) write_day(db, component, day, spent);
  }
  // What holds on is carried over into the days of which every change is kept.
  db.run(
      "INSERT INTO stretches (component, began, condition) VALUES (?, ?, ?) "
      "ON CONFLICT (component, began) DO NOTHING",
      component, Instant(end), uptime::text(stretches.back().condition));
}

struct Silent {
  std::string component;
  std::optional<Instant> last_heard;
};

std::vector<Silent> unheard_components(Db& db, Instant heard_since) {
  std::vector<Silent> silent;
  db.query(
      "SELECT id, (SELECT max(agents.seen) FROM votes JOIN agents ON agents.region = votes.region "
      "            WHERE votes.component = id AND votes.state <> 'unknown') "
      "FROM components WHERE NOT EXISTS "
      "(SELECT 1 FROM votes LEFT JOIN agents ON agents.region = votes.region "
      " WHERE votes.component = id AND votes.state <> 'unknown' "
      " AND (agents.seen IS NULL OR agents.seen >= ?))",
      [&](const Statement& row) {
        silent.push_back({row.text(0), row.maybe_instant(1)});
      },
      heard_since);
  return silent;
}

}  // namespace

bool note_condition(Db& db, const std::string& component, Condition condition, Instant since,
                    Instant now) {
  const auto last = last_stretch(db, component);
  if (last && last->condition == condition) return false;
  Instant began = std::min(since, now);
  if (last && began <= last->began) {
    began = last->condition == Condition::unknown ? std::max(now, last->began) : last->began;
  }
  write_stretch(db, component, {began, condition});
  return true;
}

void note_gap(Db& db, Instant began, Instant ended) {
  if (ended - began <= silence_tolerated) return;
  db.run(
      "INSERT INTO gaps (began, ended) VALUES (?, ?) "
      "ON CONFLICT (began) DO UPDATE SET ended = max(ended, excluded.ended)",
      began, ended);
}

bool note_silence(Db& db, Instant heard_since, Instant now) {
  bool news = false;
  for (const Silent& silent : unheard_components(db, heard_since)) {
    const Instant since = silent.last_heard.value_or(now);
    news |= note_condition(db, silent.component, Condition::unknown, since, now);
  }
  return news;
}

void sum_up_days(Db& db, Instant now) {
  const auto end = std::chrono::floor<std::chrono::days>(now) - kept_whole;
  const auto dark = gaps(db);
  for (const auto& [component, stretches] : stretches_until(db, end)) {
    sum_up(db, component, stretches, dark, end);
  }
  db.run("DELETE FROM stretches WHERE began < ?", Instant(end));
  db.run("DELETE FROM gaps WHERE ended <= ?", Instant(end));
  db.run("DELETE FROM days WHERE day < ?", number_of(end - history_kept));
}

void forget_history_of(Db& db, const std::string& component) {
  db.run("DELETE FROM stretches WHERE component = ?", component);
  db.run("DELETE FROM days WHERE component = ?", component);
}

std::map<std::string, uptime::History> histories(Db& db) {
  std::map<std::string, uptime::History> all;
  db.query("SELECT id, recorded FROM components",
           [&](const Statement& row) { all[row.text(0)].began = row.instant(1); });
  db.query(
      "SELECT component, began, condition FROM stretches ORDER BY component, began",
      [&](const Statement& row) {
        all[row.text(0)].stretches.push_back({row.instant(1), read_condition(db, row.text(2))});
      });
  db.query(
      "SELECT component, day, operational, degraded_performance, partial_outage, major_outage, "
      "under_maintenance, unknown FROM days",
      [&](const Statement& row) {
        Spent spent;
        for (int i = 0; i < static_cast<int>(uptime::condition_count); ++i) {
          spent.in[static_cast<std::size_t>(i)] = Duration(row.integer(i + 2));
        }
        all[row.text(0)].past_days[Day(std::chrono::days(row.integer(1)))] = spent;
      });
  return all;
}

std::vector<uptime::Gap> gaps(Db& db) {
  std::vector<uptime::Gap> all;
  db.query("SELECT began, ended FROM gaps ORDER BY began", [&](const Statement& row) {
    all.push_back({row.instant(0), row.instant(1)});
  });
  return all;
}

}  // namespace vedette::store
