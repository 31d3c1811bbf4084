// SPDX-License-Identifier: Apache-2.0
#include "agent/store/outlines_table.h"

#include <map>

#include "agent/store/incidents_table.h"
#include "agent/store/words.h"

namespace vedette::store {
namespace {

#define IS_PUBLIC \
  "EXISTS (SELECT 1 FROM updates WHERE updates.incident = incidents.id AND is_public) "
constexpr std::string_view newest =
    "SELECT id, title, impact, impact_began, resolved FROM incidents "
    "WHERE opened >= ? AND " IS_PUBLIC "ORDER BY opened DESC, id LIMIT ?";
constexpr std::string_view ids_of_chapter =
    "SELECT id FROM incidents WHERE opened >= ? AND opened < ? AND " IS_PUBLIC
    "ORDER BY opened DESC, id LIMIT ? OFFSET ?";
constexpr std::string_view count_of_chapter =
    "SELECT count(*) FROM incidents WHERE opened >= ? AND opened < ? AND " IS_PUBLIC;
constexpr std::string_view oldest = "SELECT min(opened) FROM incidents WHERE " IS_PUBLIC;
#undef IS_PUBLIC

}  // namespace

std::vector<Outline> outlines_since(Db& db, Instant since, int limit) {
  std::vector<Outline> outlines;
  std::map<std::string, std::size_t> place;
  db.query(
      newest,
      [&](const Statement& row) {
        place[row.text(0)] = outlines.size();
        outlines.push_back({row.text(0),
                            row.text(1),
                            word(db, incident::parse_impact, row.text(2)),
                            row.instant(3),
                            row.maybe_instant(4),
                            {}});
      },
      since, limit);
  if (outlines.empty()) return outlines;
  db.query(
      "SELECT incident, component FROM incident_components JOIN incidents ON id = incident "
      "WHERE opened >= ? ORDER BY incident, position",
      [&](const Statement& row) {
        const auto found = place.find(row.text(0));
        if (found != place.end()) outlines[found->second].components.push_back(row.text(1));
      },
      since);
  return outlines;
}

Chapter read_chapter(Db& db, const ChapterKey& key) {
  Chapter chapter;
  db.query(
      count_of_chapter,
      [&](const Statement& row) { chapter.total = static_cast<std::size_t>(row.integer(0)); },
      key.from, key.to);
  db.query(oldest, [&](const Statement& row) { chapter.oldest = row.maybe_instant(0); });
  std::vector<std::string> ids;
  db.query(
      ids_of_chapter, [&](const Statement& row) { ids.push_back(row.text(0)); }, key.from, key.to,
      key.limit, key.skip);
  for (const std::string& id : ids) {
    if (auto found = find_incident(db, id)) chapter.incidents.push_back(std::move(*found));
  }
  return chapter;
}

}  // namespace vedette::store
