// SPDX-License-Identifier: Apache-2.0
#include "agent/reconcile/incident_log.h"

#include <spdlog/spdlog.h>

namespace vedette::reconcile {
namespace {

void log(const incident::Incident& incident, const incident::Update& update) {
  const bool bad = update.status == incident::Status::investigating;
  spdlog::log(bad ? spdlog::level::warn : spdlog::level::info,
              "incident {} of {}: {}, impact {}, at {}: {}", incident.id, incident.group,
              text(update.status), text(incident.impact), format_instant(update.at), update.text);
}

}  // namespace

void log_updates(const Written& written) {
  const auto& updates = written.incident.updates;
  for (std::size_t i = written.known_updates; i < updates.size(); ++i) {
    if (updates[i].is_public) log(written.incident, updates[i]);
  }
}

}  // namespace vedette::reconcile
