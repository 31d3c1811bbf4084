// SPDX-License-Identifier: Apache-2.0
#include "agent/detect/pace.h"

#include <algorithm>
#include <cmath>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

#include "probes/encoding.h"

namespace vedette::detect {
namespace {

namespace json = boost::json;

constexpr std::size_t kept_windows = static_cast<std::size_t>(Pace::days) * Pace::windows_a_day;
constexpr int around = 4;  // windows before and after the same time of day: an hour
constexpr std::size_t most_samples = 256;
constexpr std::size_t least_samples = 3;  // a median of fewer is no median
constexpr int windows_to_turn = 2;
constexpr std::int64_t latest = 1'000'000'000;  // no clock shows a window of thousands of years on
constexpr double spreads = 4;
constexpr double mad_to_deviation = 1.4826;

// Sixteen bits on a logarithmic scale: 10 us to 50 hours, within 0.02 %. 0 is "none".
constexpr double smallest = 1e-5, steps_per_e = 2'800;

std::uint16_t packed(double seconds) {
  const double step = 1 + steps_per_e * std::log(std::max(seconds, smallest) / smallest);
  return static_cast<std::uint16_t>(std::clamp(std::round(step), 1.0, 65'535.0));
}

double unpacked(std::uint16_t step) {
  return smallest * std::exp((step - 1) / steps_per_e);
}

template <class T>
double median_of(std::vector<T> values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::ranges::nth_element(values, middle);
  if (values.size() % 2 == 1) return *middle;
  const auto below = std::ranges::max_element(values.begin(), middle);
  return (static_cast<double>(*below) + static_cast<double>(*middle)) / 2;
}

std::int64_t window_of(Instant at) {
  return at.time_since_epoch() / Pace::window;
}

std::string words(double seconds) {
  return seconds < 1 ? fmt::format("{:.0f} ms", seconds * 1000) : fmt::format("{:.2f} s", seconds);
}

}  // namespace

// {"last": 1985432, "medians": "Base64 of two bytes each, the oldest first"}
Pace::Pace(const Slower& policy, std::string_view remembered)
    : policy_(policy), history_(kept_windows) {
  boost::system::error_code trouble;
  const auto parsed = json::parse(remembered, trouble);
  if (trouble || !parsed.is_object()) return;
  const auto* last = parsed.as_object().if_contains("last");
  const auto* medians = parsed.as_object().if_contains("medians");
  if (last == nullptr || !last->is_int64() || medians == nullptr || !medians->is_string()) return;
  const auto bytes = base64_decode(medians->as_string());
  if (!bytes || bytes->size() % 2 != 0 || bytes->size() > 2 * kept_windows) return;
  const auto count = static_cast<std::int64_t>(bytes->size() / 2);
  if (last->as_int64() < count || last->as_int64() > latest) return;
  for (std::int64_t i = 0; i < count; ++i) {
    const auto at = static_cast<std::size_t>(2 * i);
    const auto high = static_cast<unsigned char>((*bytes)[at]);
    const auto low = static_cast<unsigned char>((*bytes)[at + 1]);
    const auto number = static_cast<std::size_t>(last->as_int64() - count + 1 + i);
    history_[number % kept_windows] = static_cast<std::uint16_t>(high << 8 | low);
  }
  current_ = last->as_int64();
}

bool Pace::feed(Instant at, Microseconds took) {
  const Window number = window_of(at);
  if (number < current_ - around) forget();
  const bool ended = number > current_;
  if (ended) begin(number);
  if (++passed_over_ < stride_) return ended;
  passed_over_ = 0;
  samples_.push_back(static_cast<float>(std::chrono::duration<double>(took).count()));
  if (samples_.size() < most_samples) return ended;
  for (std::size_t i = 0; i < most_samples / 2; ++i) samples_[i] = samples_[2 * i];
  samples_.resize(most_samples / 2);
  stride_ *= 2;
  return ended;
}

// The clock was far ahead: nothing of what is kept stands where it belongs.
void Pace::forget() {
  *this = Pace(policy_);
}

void Pace::begin(Window number) {
  close();
  // What lies between was not seen.
  for (Window one = std::max(current_ + 1, number - Window{kept_windows}); one <= number; ++one)
    history_[static_cast<std::size_t>(one) % kept_windows] = 0;
  current_ = number;
  samples_.clear();
  stride_ = 1;
  passed_over_ = 0;
}

void Pace::close() {
  if (samples_.size() < least_samples) return;
  const double median = median_of(samples_);
  judge(current_, median);
  keep(current_, median);
}

void Pace::judge(Window number, double median) {
  const auto known = usual(number);
  if (!known) return slow_.clear();
  const double over = std::max({spreads * known->spread, known->median * (policy_.factor - 1),
                                std::chrono::duration<double>(policy_.floor).count()});
  const bool is_slow = !slow_.empty();
  const bool speaks_slow = median > known->median + (is_slow ? over / 2 : over);
  if (is_slow && speaks_slow) say(*known, median);
  in_a_row_ = speaks_slow == is_slow ? 0 : in_a_row_ + 1;
  if (in_a_row_ < windows_to_turn) return;
  in_a_row_ = 0;
  is_slow ? slow_.clear() : say(*known, median);
}

void Pace::say(const Usual& usual, double median) {
  slow_ = fmt::format("it takes {}, usually {} at this time of day", words(median),
                      words(usual.median));
}

std::optional<Pace::Usual> Pace::usual(Window number) const {
  std::vector<double> medians;
  int days_seen = 0;
  for (int day = 1; day <= days - 1; ++day) {
    const auto before = medians.size();
    for (int shift = -around; shift <= around; ++shift) {
      const double one = kept(number - Window{day} * windows_a_day + shift);
      if (one > 0) medians.push_back(one);
    }
    days_seen += medians.size() > before ? 1 : 0;
  }
  if (days_seen < policy_.days) return std::nullopt;
  const double median = median_of(medians);
  for (double& one : medians) one = std::abs(one - median);
  return Usual{median, mad_to_deviation * median_of(medians)};
}

double Pace::kept(Window number) const {
  if (number <= 0 || number > current_ || current_ - number >= Window{kept_windows}) return 0;
  const auto step = history_[static_cast<std::size_t>(number) % kept_windows];
  return step == 0 ? 0 : unpacked(step);
}

void Pace::keep(Window number, double median) {
  history_[static_cast<std::size_t>(number) % kept_windows] = packed(median);
}

std::string Pace::account() const {
  if (!slow_.empty()) return "slower than usual: " + slow_;
  const auto known = usual(current_);
  if (!known)
    return fmt::format("not enough history of its speed at this time of day: it needs {} days",
                       policy_.days);
  return fmt::format("usually {} at this time of day, spread {}", words(known->median),
                     words(known->spread));
}

std::string Pace::memory() const {
  std::string bytes;
  for (Window number = std::max<Window>(1, current_ - Window{kept_windows} + 1); number <= current_;
       ++number) {
    const auto step = history_[static_cast<std::size_t>(number) % kept_windows];
    if (bytes.empty() && step == 0) continue;
    bytes += static_cast<char>(step >> 8);
    bytes += static_cast<char>(step & 0xFF);
  }
  return json::serialize(json::object{{"last", current_}, {"medians", base64(bytes)}});
}

}  // namespace vedette::detect
