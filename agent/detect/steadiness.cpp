// SPDX-License-Identifier: Apache-2.0
#include "agent/detect/steadiness.h"

#include <algorithm>
#include <bit>

#include <fmt/format.h>

namespace vedette::detect {
namespace {

constexpr int remembered = 64;
// So many failures in a row are no longer "now and then", unless there were rows like that before.
constexpr int solid_from = 8;
// What is unstable is told of at least so many runs.
constexpr std::uint32_t runs_told = 20;

int newest(std::uint64_t samples, std::uint32_t count) {
  return std::popcount(count >= remembered ? samples : samples & ((std::uint64_t{1} << count) - 1));
}

}  // namespace

Steadiness::Steadiness(const Policy& policy, int failures)
    : intermittence_(intermittence_rule(policy.intermittent, policy.every, failures)),
      unrest_(policy.flapping) {}

void Steadiness::feed(Outcome outcome, bool down, Instant at) {
  const bool fail = outcome == Outcome::fail;
  again_ = fail && (previous_ == Outcome::pass || previous_ == Outcome::degraded);
  previous_ = outcome;
  failed_ = failed_ << 1U | (fail ? 1U : 0U);
  troubled_ = troubled_ << 1U | (outcome == Outcome::pass ? 0U : 1U);
  seen_ = std::min<std::uint32_t>(seen_ + 1, remembered);

  intermittence_.feed(fail, !down || again_, at);
  unrest_.feed(outcome == Outcome::pass);
  if (fail) {
    failing_ = static_cast<std::uint8_t>(std::min(failing_ + 1, remembered));
  } else {
    end_row();
  }
  if (solid()) {
    intermittence_.becomes_solid();
    unrest_.forget();
  }
  mixed_ &= may_be_mixed();
}

void Steadiness::look_away() {
  failing_ = 0;
  previous_ = Outcome::unknown;
}

void Steadiness::end_row() {
  const bool at_rest = intermittence_.points() == 0;
  longest_ = at_rest ? std::uint8_t{0} : std::max(longest_, failing_);
  failing_ = 0;
}

bool Steadiness::solid() const {
  return failing_ >= std::clamp(2 * longest_, solid_from, remembered);
}

void Steadiness::see_down(bool was_down, int fails) {
  if (may_be_mixed()) mixed_ |= was_down ? again_ : fails > failing_;
}

// That is over once less than one failure is left of what the failures have gathered.
bool Steadiness::may_be_mixed() const {
  const IntermittenceRule& rule = intermittence_.rule();
  return rule.alarm > 0 && intermittence_.points() >= rule.step && !solid();
}

std::string Steadiness::words(bool degraded_too) const {
  const auto since = intermittence_.alarmed() ? intermittence_.runs() : runs_told;
  const auto runs = std::min(std::max(since, runs_told), seen_);
  return fmt::format("{} of the last {} runs {}", newest(degraded_too ? troubled_ : failed_, runs),
                     runs, degraded_too ? "did not pass" : "failed");
}

}  // namespace vedette::detect
