// SPDX-License-Identifier: Apache-2.0
#include "agent/uptime/history.h"

#include <algorithm>

namespace vedette::uptime {
namespace {

// How much of from..to lies in gaps.
Duration unseen(const std::vector<Gap>& gaps, Instant from, Instant to) {
  Duration sum{0};
  for (const Gap& gap : gaps) {
    const auto began = std::max(gap.began, from);
    const auto ended = std::min(gap.ended, to);
    if (began < ended) sum += ended - began;
  }
  return sum;
}

Spent whole_day(Condition condition) {
  Spent day;
  day[condition] = std::chrono::days(1);
  return day;
}

}  // namespace

Duration Spent::total() const {
  Duration sum{0};
  for (const auto part : in) sum += part;
  return sum;
}

Spent& Spent::operator+=(const Spent& other) {
  for (std::size_t i = 0; i < in.size(); ++i) in[i] += other.in[i];
  return *this;
}

Spent spent(const std::vector<Stretch>& stretches, const std::vector<Gap>& gaps, Instant from,
            Instant to) {
  Spent sum;
  // From the last stretch that begins at or before `from`.
  auto stretch = std::ranges::upper_bound(stretches, from, {}, &Stretch::began);
  if (stretch != stretches.begin()) --stretch;
  for (; stretch != stretches.end() && stretch->began < to; ++stretch) {
    const auto next = std::next(stretch);
    const auto began = std::max(stretch->began, from);
    const auto ended = next == stretches.end() ? to : std::min(next->began, to);
    if (ended <= began) continue;
    const auto dark = unseen(gaps, began, ended);
    sum[stretch->condition] += ended - began - dark;
    sum[Condition::unknown] += dark;
  }
  return sum;
}

Spent spent_on(const History& history, const std::vector<Gap>& gaps, Day day, Instant now) {
  const Instant midnight = day;
  const Instant end = std::min(Instant(day + std::chrono::days(1)), now);
  if (!history.began || end <= *history.began) return {};
  const bool summed_up = !history.stretches.empty() &&
                         history.stretches.front().began >= midnight + std::chrono::days(1);
  if (summed_up) {
    const auto past = history.past_days.find(day);
    return past == history.past_days.end() ? whole_day(Condition::operational) : past->second;
  }
  return spent(history.stretches, gaps, midnight, end);
}

std::optional<double> availability(const Spent& spent) {
  const auto known = static_cast<double>(spent.known().count());
  if (known <= 0) return std::nullopt;
  const auto down = static_cast<double>(spent[Condition::major_outage].count()) +
                    0.3 * static_cast<double>(spent[Condition::partial_outage].count());
  return 1 - down / known;
}

std::optional<Condition> mark_of(const Spent& spent) {
  if (spent.total() <= Duration(0)) return std::nullopt;
  for (const auto condition : {Condition::major_outage, Condition::partial_outage,
                               Condition::degraded_performance, Condition::under_maintenance}) {
    if (spent[condition] > Duration(0)) return condition;
  }
  const bool mostly_known = spent.known() * 2 >= spent.total();
  return mostly_known ? Condition::operational : Condition::unknown;
}

}  // namespace vedette::uptime
