// SPDX-License-Identifier: Apache-2.0
// The time zone in which a page shows its times.
#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "probes/clock.h"

namespace vedette::brand {

// An instant as a calendar and a clock show it there.
struct LocalTime {
  std::chrono::year_month_day date;
  int hour = 0, minute = 0, second = 0;
  std::string zone;  // "UTC", "CET", "-03"
};

class Zone {
 public:
  // UTC.
  Zone() = default;
  // By its IANA name; nothing when the system does not know it.
  static std::optional<Zone> find(const std::string& name);

  const std::string& name() const { return name_; }
  LocalTime local(Instant instant) const;
  // When a clock there shows that time of that day. A time that is left out in spring is taken by
  // the clock as it was before; of one that comes twice in autumn it is the first (RFC
  // 5545, 3.3.5).
  Instant instant(std::chrono::year_month_day date, std::chrono::minutes time) const;

 private:
  std::string name_ = "UTC";
  const void* rules_ = nullptr;  // of the time zone library; null: UTC
};

}  // namespace vedette::brand
