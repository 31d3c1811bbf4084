// SPDX-License-Identifier: Apache-2.0
#include "agent/incident/maintenance.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "agent/incident/wording.h"
#include "probes/stable_hash.h"
#include "probes/stable_id.h"

namespace vedette::incident {
namespace {

using State = MaintenanceStatus;

constexpr std::array<std::string_view, 4> status_words{"scheduled", "in_progress", "verifying",
                                                       "completed"};

void append(Maintenance& maintenance, Instant at, State status, std::string text,
            const std::string& author = std::string(agent_author)) {
  MaintenanceUpdate update;
  update.sequence = static_cast<int>(maintenance.updates.size()) + 1;
  update.at = maintenance.updates.empty() ? at : std::max(at, maintenance.updates.back().at);
  update.status = maintenance.status = status;
  update.text = std::move(text);
  update.author = author;
  maintenance.updates.push_back(std::move(update));
}

void complete(Maintenance& maintenance, Instant at, std::string text,
              const std::string& author = std::string(agent_author)) {
  append(maintenance, at, State::completed, std::move(text), author);
  maintenance.completed = at;
}

std::unexpected<std::string> over() {
  return std::unexpected(std::string("this maintenance is over"));
}

}  // namespace

std::string_view text(MaintenanceStatus status) {
  return status_words[static_cast<std::size_t>(status)];
}

std::optional<MaintenanceStatus> parse_maintenance_status(std::string_view text) {
  const auto found = std::ranges::find(status_words, text);
  if (found == status_words.end()) return std::nullopt;
  return static_cast<MaintenanceStatus>(found - status_words.begin());
}

Maintenance announced(const Announcement& what, Instant now) {
  Maintenance maintenance;
  maintenance.id = stable_id(stable_hash(
      fmt::format("maintenance\n{}\n{}\n{}\n{}\n{}\n{}", what.series, what.title,
                  what.begin.time_since_epoch().count(), what.end.time_since_epoch().count(),
                  what.verify_for.count(), fmt::join(what.components, " "))));
  maintenance.series = what.series;
  maintenance.title = what.title;
  maintenance.created = now;
  maintenance.scheduled_for = what.begin;
  maintenance.scheduled_until = what.end;
  maintenance.verify_for = what.verify_for;
  maintenance.author = what.author;
  maintenance.components = what.components;
  append(maintenance, now, State::scheduled,
         fmt::format("Maintenance of {} is planned from {} to {} ({}).{}{}",
                     wording::list(what.names), wording::clock(what.begin, now),
                     wording::clock(what.end, what.begin), wording::words(what.end - what.begin),
                     what.description.empty() ? "" : " ", what.description),
         what.author);
  return maintenance;
}

Maintenance advanced(Maintenance one, Instant now) {
  if (one.status == State::scheduled && one.scheduled_for <= now) {
    one.began = one.scheduled_for;
    append(one, one.scheduled_for, State::in_progress,
           fmt::format("The maintenance has begun. It is planned to end at {}.",
                       wording::clock(one.scheduled_until, one.scheduled_for)));
  }
  if (one.status == State::in_progress && one.scheduled_until <= now) {
    if (one.verify_for <= Duration{}) {
      complete(one, one.scheduled_until, "The maintenance is over.");
    } else {
      append(one, one.scheduled_until, State::verifying,
             "The work is done. We are checking that everything is well.");
    }
  }
  if (one.status == State::verifying && one.scheduled_until + one.verify_for <= now)
    complete(one, one.scheduled_until + one.verify_for, "The maintenance is over.");
  return one;
}

Amendment ending_at(Maintenance one, Instant until, const std::string& author, Instant now) {
  if (one.status == State::completed || one.status == State::verifying) return over();
  if (until <= now || until <= one.scheduled_for)
    return std::unexpected("the end of a maintenance must be in the future and after its begin");
  if (until == one.scheduled_until) return one;
  const bool later = until > one.scheduled_until;
  one.scheduled_until = until;
  append(one, now, one.status,
         fmt::format("The maintenance {} {}.", later ? "takes longer, until" : "ends earlier, at",
                     wording::clock(until, now)),
         author);
  return one;
}

Amendment ended(Maintenance one, const std::string& author, Instant now) {
  if (one.status == State::completed) return over();
  if (one.status == State::scheduled)
    return std::unexpected("this maintenance has not begun; cancel it instead");
  if (one.status == State::in_progress && one.verify_for > Duration{}) {
    one.scheduled_until = now;
    append(one, now, State::verifying,
           "The work is done earlier than planned. We are checking that everything is well.",
           author);
    return one;
  }
  one.scheduled_until = std::min(one.scheduled_until, now);
  complete(one, now, "The maintenance is over.", author);
  return one;
}

Amendment cancelled(Maintenance one, const std::string& author, Instant now) {
  if (one.status == State::completed) return over();
  if (one.status != State::scheduled)
    return std::unexpected("this maintenance has begun; end it instead");
  complete(one, now, "This maintenance was cancelled.", author);
  return one;
}

Amendment commented(Maintenance one, const std::string& text, const std::string& author,
                    Instant now) {
  append(one, now, one.status, text, author);
  return one;
}

}  // namespace vedette::incident
