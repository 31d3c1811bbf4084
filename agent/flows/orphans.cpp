// SPDX-License-Identifier: Apache-2.0
#include "agent/flows/orphans.h"

#include <spdlog/spdlog.h>

namespace vedette::flows {
namespace {

constexpr Duration look_every{60'000};

}  // namespace

Orphans::Orphans(Ask ask, std::string region, std::function<void(std::size_t)> on_count)
    : ask_(std::move(ask)), region_(std::move(region)), on_count_(std::move(on_count)) {}

void Orphans::tick(Instant now) {
  // An instant far ahead was set before the clock was put back.
  if (asking_ || (now < next_ && next_ - now <= look_every)) return;
  next_ = now + look_every;
  const auto found = std::make_shared<store::Expected<std::vector<flow::Entry>>>();
  asking_ =
      ask_([found, region = region_](store::Store& store) { *found = store.whole_journal(region); },
           [this, found, alive = std::weak_ptr(alive_)] {
             if (alive.expired()) return;
             asking_ = false;
             if (*found) seen(**found);
           });
}

void Orphans::seen(const std::vector<flow::Entry>& entries) {
  std::size_t count = 0;
  for (const flow::Entry& entry : entries) {
    if (configured_.contains(entry.flow)) continue;
    ++count;
    if (!told_.insert(entry.id).second) continue;
    spdlog::error(
        "the step \"{}\" of run {} may have had an effect, but the flow \"{}\" is not configured "
        "any "
        "more: put it back, so that it can be cleaned up after",
        entry.step, entry.run, entry.flow);
  }
  on_count_(count);
}

}  // namespace vedette::flows
