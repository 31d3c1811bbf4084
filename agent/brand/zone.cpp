// SPDX-License-Identifier: Apache-2.0
#include "agent/brand/zone.h"

#include <exception>

#include <date/tz.h>

namespace vedette::brand {

std::optional<Zone> Zone::find(const std::string& name) {
  Zone zone;
  if (name == "UTC" || name == "Etc/UTC") return zone;
  try {
    zone.rules_ = date::locate_zone(name);
    zone.name_ = name;
    zone.local(Instant());  // a zone's rules are read when they are needed first
  } catch (const std::exception&) {
    return std::nullopt;
  }
  return zone;
}

LocalTime Zone::local(Instant instant) const {
  LocalTime local;
  local.zone = "UTC";
  if (rules_ != nullptr) {
    const auto info = static_cast<const date::time_zone*>(rules_)->get_info(instant);
    instant += info.offset;
    local.zone = info.abbrev;
  }
  const auto day = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::hh_mm_ss clock(instant - day);
  local.date = day;
  local.hour = static_cast<int>(clock.hours().count());
  local.minute = static_cast<int>(clock.minutes().count());
  local.second = static_cast<int>(clock.seconds().count());
  return local;
}

Instant Zone::instant(std::chrono::year_month_day date, std::chrono::minutes time) const {
  const auto days = std::chrono::sys_days(date).time_since_epoch();
  if (rules_ == nullptr) return Instant(days + time);
  const auto info = static_cast<const date::time_zone*>(rules_)->get_info(
      date::local_seconds(std::chrono::seconds(days + time)));
  return Instant(days + time - info.first.offset);
}

}  // namespace vedette::brand
