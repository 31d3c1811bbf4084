// SPDX-License-Identifier: Apache-2.0
#include "agent/detect/trail.h"

#include "agent/detect/detector.h"
#include "probes/encoding.h"

namespace vedette::detect {
namespace {

constexpr std::size_t longest_message = 200;

bool same(const Stretch& before, const Stretch& one) {
  return before.outcome == one.outcome && before.reason == one.reason &&
         before.state == one.state && before.unstable == one.unstable;
}

}  // namespace

void Trail::add(const Sample& sample, const Verdict& after) {
  Stretch one{.first = sample.at,
              .last = sample.at,
              .outcome = sample.outcome,
              .reason = sample.reason,
              .message = std::string(shorten(sample.message, longest_message)),
              .state = after.state,
              .unstable = after.unstable};
  if (!stretches_.empty() && same(stretches_.back(), one)) {
    Stretch& newest = stretches_.back();
    newest.last = sample.at;
    newest.message = std::move(one.message);
    ++newest.runs;
    return;
  }
  if (stretches_.size() == kept) stretches_.erase(stretches_.begin());
  stretches_.push_back(std::move(one));
}

}  // namespace vedette::detect
