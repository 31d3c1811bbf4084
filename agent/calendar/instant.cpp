// SPDX-License-Identifier: Apache-2.0
#include "agent/calendar/instant.h"

#include <charconv>

namespace vedette::calendar {
namespace {

using namespace std::chrono;

// Reads fixed fields from the front of a text; once something did not fit, it stays failed.
class Fields {
 public:
  explicit Fields(std::string_view text) : rest_(text) {}

  int number(std::size_t digits) {
    int value = 0;
    const auto* begin = rest_.data();
    const bool fits = rest_.size() >= digits &&
                      std::from_chars(begin, begin + digits, value).ptr == begin + digits &&
                      *begin != '-';
    ok_ = ok_ && fits;
    if (fits) rest_.remove_prefix(digits);
    return value;
  }
  bool take(char c) {
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void need(char c) { ok_ = take(c) && ok_; }
  bool done() const { return ok_ && rest_.empty(); }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

year_month_day read_date(Fields& fields) {
  const year y{fields.number(4)};
  fields.need('-');
  const month m{static_cast<unsigned>(fields.number(2))};
  fields.need('-');
  const day d{static_cast<unsigned>(fields.number(2))};
  return {y, m, d};
}

Duration read_time(Fields& fields) {
  const hours hour{fields.number(2)};
  fields.need(':');
  const minutes minute{fields.number(2)};
  seconds second{0};
  milliseconds part{0};
  if (fields.take(':')) second = seconds{fields.number(2)};
  if (fields.take('.')) part = milliseconds{fields.number(3)};
  const bool in_range = hour < hours{24} && minute < minutes{60} && second < seconds{60};
  return in_range ? hour + minute + second + part : Duration{-1};
}

// "Z", or how far the clocks there are ahead of UTC.
std::optional<Duration> read_offset(Fields& fields) {
  if (fields.take('Z')) return Duration{0};
  const bool ahead = fields.take('+');
  if (!ahead && !fields.take('-')) return std::nullopt;
  const hours hour{fields.number(2)};
  fields.need(':');
  const minutes minute{fields.number(2)};
  if (hour >= hours{24} || minute >= minutes{60}) return std::nullopt;
  return ahead ? Duration(hour + minute) : -Duration(hour + minute);
}

}  // namespace

std::optional<Duration> parse_time_of_day(std::string_view text) {
  Fields fields(text);
  const Duration time = read_time(fields);
  if (!fields.done() || time < Duration{0}) return std::nullopt;
  return time;
}

std::optional<year_month_day> parse_date(std::string_view text) {
  Fields fields(text);
  const year_month_day date = read_date(fields);
  if (!fields.done() || !date.ok() || date.year() < year{2000}) return std::nullopt;
  return date;
}

std::expected<Instant, std::string> parse_instant(std::string_view text) {
  Fields fields(text);
  const year_month_day date = read_date(fields);
  fields.need('T');
  const Duration time = read_time(fields);
  const std::optional<Duration> offset = read_offset(fields);
  if (fields.done() && date.ok() && time >= Duration{0} && offset)
    return sys_days{date} + time - *offset;
  return std::unexpected(
      "an instant is written like 2026-11-08T10:00:00Z or 2026-11-08T05:00:00-05:00");
}

}  // namespace vedette::calendar
