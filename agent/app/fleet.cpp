// SPDX-License-Identifier: Apache-2.0
#include "agent/app/fleet.h"

#include <thread>

#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

#include "agent/pipeline/reload_plan.h"

namespace vedette::app {
namespace {

using List = std::vector<std::shared_ptr<metrics::CheckSeries>>;

void log_escape(std::exception_ptr escaped) {
  try {
    std::rethrow_exception(escaped);
  } catch (const std::exception& error) {
    spdlog::error("a check ended with an internal error: {}", error.what());
  }
}

std::size_t shard_count(int configured) {
  if (configured > 0) return static_cast<std::size_t>(configured);
  return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace

// What a check needs to know of its surroundings when it starts.
struct Fleet::Context {
  std::map<std::string, const incident::Component*> components;
  const std::map<std::string, detect::Verdict>& known;
};

Fleet::Fleet(const settings::Agent& agent, std::shared_ptr<metrics::LatenessHistogram> lateness,
             boost::asio::any_io_executor core, pipeline::OnVote on_vote)
    : region_(agent.region),
      lateness_(std::move(lateness)),
      core_(std::move(core)),
      on_vote_(std::move(on_vote)),
      series_(std::make_shared<List>()) {
  for (std::size_t i = 0; i < shard_count(agent.shards); ++i) {
    shards_.push_back(std::make_unique<schedule::Shard>(schedule::ShardSettings{
        .net = {}, .concurrent_runs = agent.concurrent_runs, .on_escape = log_escape}));
  }
}

Fleet::~Fleet() {
  shut_down();
}

FleetChange Fleet::apply(const settings::Settings& settings,
                         const std::map<std::string, detect::Verdict>& known) {
  std::map<std::string, std::string> fingerprints;
  for (const auto& [name, running] : running_) fingerprints.emplace(name, running.fingerprint);
  auto plan = pipeline::plan_reload(fingerprints, settings.checks);

  Context context{{}, known};
  for (const auto& component : settings.components)
    context.components.emplace(component.id, &component);
  for (const auto& check : settings.checks) {
    if (!relabelled(check, *context.components.at(check.component))) continue;
    plan.changed.push_back(&check);
    --plan.unchanged;
  }
  std::vector<std::vector<std::string>> stop(shards_.size());
  std::vector<std::vector<schedule::Job>> begin(shards_.size());
  const auto shard = [&](const std::string& name) {
    return schedule::shard_of(name, shards_.size());
  };
  for (const auto& name : plan.removed) {
    stop[shard(name)].push_back(name);
    retire(name);
    running_.erase(name);
  }
  for (const auto* check : plan.changed) {
    stop[shard(check->name)].push_back(check->name);
    retire(check->name);
  }
  for (const auto* check : plan.changed)
    begin[shard(check->name)].push_back(start(*check, context));
  for (const auto* check : plan.added) begin[shard(check->name)].push_back(start(*check, context));
  for (std::size_t i = 0; i < shards_.size(); ++i)
    shards_[i]->change(std::move(stop[i]), std::move(begin[i]));
  list_series(settings);
  return {plan.added.size(), plan.changed.size(), plan.removed.size(), plan.unchanged};
}

// Runs unchanged, but under another name or group of its component: its series have to say so.
bool Fleet::relabelled(const settings::Check& check, const incident::Component& component) const {
  const auto found = running_.find(check.name);
  if (found == running_.end() || found->second.fingerprint != check.fingerprint) return false;
  const auto& labels = found->second.series->labels();
  return labels.component_name != component.name || labels.group != component.group;
}

schedule::Job Fleet::start(const settings::Check& check, const Context& context) {
  const auto& component = *context.components.at(check.component);
  const metrics::CheckLabels labels{check.name,     check.component,
                                    region_,        std::string(check.type->name),
                                    component.name, component.group};
  auto series = std::make_shared<metrics::CheckSeries>(labels, *check.type, lateness_);
  const auto listened_to = std::make_shared<bool>(true);
  running_[check.name] = {check.fingerprint, series, listened_to};
  // What a replaced watch still has to say must not overtake what its successor started from.
  auto on_vote = [this, listened_to](incident::Vote vote) {
    boost::asio::post(core_, [this, listened_to, vote = std::move(vote)]() mutable {
      if (*listened_to) on_vote_(std::move(vote));
    });
  };
  const auto found = context.known.find(check.name);
  auto restored = found == context.known.end() ? detect::Verdict{} : found->second;
  auto watch = std::make_shared<pipeline::CheckWatch>(check, std::move(series), std::move(restored),
                                                      std::move(on_vote));
  return {check.name, check.every, check.timeout, check.probe, std::move(watch), check.identity};
}

void Fleet::retire(const std::string& check) {
  *running_.at(check).listened_to = false;
}

void Fleet::list_series(const settings::Settings& settings) {
  auto list = std::make_shared<List>();
  list->reserve(settings.checks.size());
  for (const auto& check : settings.checks) list->push_back(running_.at(check.name).series);
  series_ = std::move(list);
}

void Fleet::shut_down() {
  for (auto& shard : shards_) shard->shut_down();
}

}  // namespace vedette::app
