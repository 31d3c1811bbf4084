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
  const Known& known;
  const reconcile::MemoryByCheck& memories;

  detect::Verdict verdict(const std::string& check) const {
    const auto* found = known(check);
    return found == nullptr ? detect::Verdict{} : *found;
  }
  std::string memory(const settings::Check& check, std::string_view part) const {
    const auto found = memories.find({check.name, std::string(part)});
    const bool fits = found != memories.end() && found->second.probe == check.type->name;
    return fits ? found->second.text : std::string();
  }
};

// Hears one watch. What a replaced watch still has to say must not overtake what its successor
// started from.
struct Fleet::Ear : pipeline::Listener, std::enable_shared_from_this<Ear> {
  Ear(Fleet& owner, std::shared_ptr<metrics::CheckSeries> check)
      : fleet(owner), series(std::move(check)) {}

  void on_vote(incident::Vote vote) override {
    boost::asio::post(fleet.core_, [ear = shared_from_this(), vote = std::move(vote)]() mutable {
      if (ear->listens) ear->fleet.news_.vote(std::move(vote));
    });
  }
  void on_memory(std::string_view part, std::string text) override {
    const auto& labels = series->labels();
    boost::asio::post(fleet.core_, [ear = shared_from_this(),
                                    memory = store::Memory{labels.key(), labels.probe,
                                                           std::move(text), std::string(part)}] {
      if (ear->listens) ear->fleet.news_.memory(memory);
    });
  }
  // Also of a check that was replaced meanwhile: what it saw is no less true.
  void on_observed(incident::Change change) override {
    boost::asio::post(fleet.core_, [observed = fleet.news_.observed, change = std::move(change)] {
      if (observed) observed(change);
    });
  }

  Fleet& fleet;
  const std::shared_ptr<metrics::CheckSeries> series;
  bool listens = true;  // core loop only
};

Fleet::Fleet(const settings::Agent& agent, FleetTotals totals, boost::asio::any_io_executor core,
             FleetNews news, const flows::Means& flows)
    : region_(agent.region),
      lateness_(std::move(totals.lateness)),
      core_(std::move(core)),
      news_(std::move(news)),
      series_(std::make_shared<List>()) {
  net::ToolboxSettings net;
  net.tls_counts = std::move(totals.tls);
  for (std::size_t i = 0; i < shard_count(agent.shards); ++i) {
    shards_.push_back(std::make_unique<schedule::Shard>(schedule::ShardSettings{
        .net = net, .concurrent_runs = agent.concurrent_runs, .on_escape = log_escape}));
    gates_.push_back(std::make_shared<control::Gate>([this] {
      boost::asio::post(core_, [is_it_us = news_.is_it_us] {
        if (is_it_us) is_it_us();
      });
    }));
    desks_.push_back(std::make_unique<flows::FlowDesk>(shards_.back()->executor(), flows));
  }
}

Fleet::~Fleet() {
  shut_down();
}

FleetChange Fleet::apply(const settings::Settings& settings, const Known& known,
                         const reconcile::MemoryByCheck& memories) {
  std::map<std::string, std::string> fingerprints;
  for (const auto& [name, running] : running_) fingerprints.emplace(name, running.fingerprint);
  auto plan = pipeline::plan_reload(fingerprints, settings.checks);

  Context context{{}, known, memories};
  for (const auto& component : settings.components)
    context.components.emplace(component.id, &component);
  for (const auto& check : settings.checks) {
    if (!relabelled(check, *context.components.at(check.component))) continue;
    plan.changed.push_back(&check);
    --plan.unchanged;
  }
  std::vector<std::vector<std::string>> stop(shards_.size());
  std::vector<std::vector<schedule::Job>> begin(shards_.size());
  for (const auto& name : plan.removed) {
    stop[running_.at(name).shard].push_back(name);
    retire(name);
    running_.erase(name);
  }
  for (const auto* check : plan.changed) {
    stop[running_.at(check->name).shard].push_back(check->name);
    retire(check->name);
  }
  for (const auto& checks : {plan.changed, plan.added}) {
    for (const auto* check : checks) {
      const auto shard = schedule::shard_of(check->loop_key(), shards_.size());
      begin[shard].push_back(start(*check, context, shard));
    }
  }
  for (std::size_t i = 0; i < shards_.size(); ++i)
    shards_[i]->change(std::move(stop[i]), std::move(begin[i]));
  const bool controlled = !settings.agent.controls.targets.empty();
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    boost::asio::post(shards_[i]->executor(),
                      [gate = gates_[i], controlled] { gate->enable(controlled); });
  }
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

schedule::Job Fleet::start(const settings::Check& check, const Context& context,
                           std::size_t shard) {
  const auto& component = *context.components.at(check.component);
  const metrics::CheckLabels labels{
      check.base,     check.component, region_,      std::string(check.type->name),
      component.name, component.group, check.variant};
  auto series = std::make_shared<metrics::CheckSeries>(labels, *check.type, lateness_, check.probe);
  auto ear = std::make_shared<Ear>(*this, series);
  pipeline::Restored restored{context.verdict(check.name), context.memory(check, detect::of_probe),
                              context.memory(check, detect::of_drift),
                              context.memory(check, detect::of_pace)};
  auto watch = std::make_shared<pipeline::CheckWatch>(check, series, std::move(restored), ear,
                                                      gates_[shard]);
  running_[check.name] = {check.fingerprint, std::move(series), std::move(ear), watch, shard};
  schedule::Job job{check.name,  check.every,      check.timeout,
                    check.probe, std::move(watch), check.identity};
  job.after_change = check.after_change;
  job.keep_answer = sights::need_answer(check.watched);
  job.brief = pipeline::CheckWatch::reads_only_trouble(check);
  if (check.type->name == "flow") job.services = desks_[shard]->services(check.loop_key());
  return job;
}

std::size_t Fleet::ask(const std::string& check, const std::function<void(detect::Account)>& tell) {
  std::size_t asked = 0;
  for (const auto& [name, running] : running_) {
    if (name != check && running.series->labels().check != check) continue;
    ++asked;
    boost::asio::post(
        shards_[running.shard]->executor(), [watch = running.watch, core = core_, tell] {
          boost::asio::post(
              core, [tell, account = watch->account()]() mutable { tell(std::move(account)); });
        });
  }
  return asked;
}

void Fleet::hurry(const std::set<std::string>& components) {
  std::vector<std::vector<std::string>> names(shards_.size());
  for (const auto& [name, running] : running_) {
    if (components.contains(running.series->labels().component))
      names[running.shard].push_back(name);
  }
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    if (!names[i].empty()) shards_[i]->hurry(std::move(names[i]));
  }
}

void Fleet::note(const control::Round& round) {
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    boost::asio::post(shards_[i]->executor(), [gate = gates_[i], round] { gate->note(round); });
  }
}

void Fleet::retire(const std::string& check) {
  running_.at(check).ear->listens = false;
}

void Fleet::list_series(const settings::Settings& settings) {
  auto list = std::make_shared<List>();
  list->reserve(settings.checks.size());
  for (const auto& check : settings.checks) list->push_back(running_.at(check.name).series);
  series_ = std::move(list);
}

void Fleet::shut_down() {
  for (std::size_t i = 0; i < shards_.size(); ++i) {
    boost::asio::post(shards_[i]->executor(), [desk = desks_[i].get()] { desk->begin_to_end(); });
  }
  for (auto& shard : shards_) shard->shut_down();
  for (auto& desk : desks_) desk->flush();
}

}  // namespace vedette::app
