// SPDX-License-Identifier: Apache-2.0
// Notices that a check has become slower than it usually is at this time of day. Pure; time comes
// in with the samples.
//
// Runs are gathered into windows of 15 minutes, of which only the median is kept, for 14 days. What
// is usual at an instant is the median of the windows up to an hour before and after the same time
// of the days before, and its spread their median absolute deviation (times 1.4826, which makes it
// the standard deviation of what is normally distributed; Rousseeuw and Croux 1993). A window is
// slow when its median is over all of: usual + 4 spreads, usual * factor, usual + floor. Two slow
// windows in a row, and the check is slower than usual; two in a row that are less than half as far
// over what is usual, and it is no more. Slow windows become history, too: what stays is usual
// after a week.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "agent/detect/policy.h"
#include "probes/clock.h"

namespace vedette::detect {

class Pace {
 public:
  static constexpr Duration window{std::chrono::minutes{15}};
  static constexpr int days = 14;
  static constexpr int windows_a_day = 96;

  // `remembered` is what memory() gave before a restart; what cannot be read is forgotten.
  explicit Pace(const Slower& policy, std::string_view remembered = {});

  // A run that got its answer. True when a window ended: memory() is another one.
  bool feed(Instant at, Microseconds took);

  // It is slower than usual: why, in one sentence; empty: it is not, or that is not known.
  const std::string& slow() const { return slow_; }

  // What is known, in one line, for whoever asks why.
  std::string account() const;
  // At most 4 KiB.
  std::string memory() const;

 private:
  struct Usual {
    double median = 0, spread = 0;  // seconds
  };
  using Window = std::int64_t;  // number of the window since the epoch

  void forget();
  void begin(Window number);
  void close();
  void judge(Window number, double median);
  std::optional<Usual> usual(Window number) const;
  double kept(Window number) const;
  void keep(Window number, double median);
  void say(const Usual& usual, double median);

  Slower policy_;
  std::vector<std::uint16_t> history_;  // medians of the last 14 days, by number modulo their count
  Window current_ = 0;                  // 0: none yet
  std::vector<float> samples_;          // of the current window, in seconds
  std::uint32_t stride_ = 1, passed_over_ = 0;  // one of so many samples is kept
  int in_a_row_ = 0;                            // windows that speak for the other state
  std::string slow_;
};

}  // namespace vedette::detect
