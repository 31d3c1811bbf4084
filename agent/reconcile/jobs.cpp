// SPDX-License-Identifier: Apache-2.0
#include "agent/reconcile/jobs.h"

#include <utility>

namespace vedette::reconcile {
namespace {

// Keeps the value, or the first error; after an error nothing more is asked.
template <class Ask, class T>
void ask(std::optional<store::Error>& error, T& value, Ask ask_store) {
  if (error) return;
  auto answer = ask_store();
  answer ? (void)(value = std::move(*answer)) : (void)(error = std::move(answer.error()));
}

template <class Tell>
void tell(std::optional<store::Error>& error, Tell tell_store) {
  if (error) return;
  if (auto done = tell_store(); !done) error = std::move(done.error());
}

}  // namespace

void SyncJob::run(store::Store& store) {
  tell(error, [&] { return store.heartbeat(monitored.region, looked_since, now); });
  tell(error, [&] {
    std::vector<std::string> checks;
    for (const MonitoredCheck& check : monitored.checks) checks.push_back(check.name);
    return store.retain(monitored.region, checks, monitored.components, now);
  });
  ask(error, votes, [&] { return store.votes(monitored.region); });
  ask(error, open_groups, [&] { return store.open_groups(); });
  ask(error, snapshot, [&] { return store.snapshot(); });
}

}  // namespace vedette::reconcile
