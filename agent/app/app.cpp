// SPDX-License-Identifier: Apache-2.0
#include "agent/app/app.h"

#include <algorithm>
#include <csignal>

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <fmt/ranges.h>
#include <malloc.h>
#include <spdlog/spdlog.h>

#include "agent/app/explain.h"
#include "agent/app/look_up.h"
#include "agent/app/restart_needed.h"
#include "agent/app/site.h"
#include "agent/detect/memory_part.h"
#include "agent/metrics/exposition.h"
#include "agent/store/open.h"
#include "agent/version.h"

namespace vedette::app {
namespace {

namespace asio = boost::asio;
using namespace std::chrono_literals;

constexpr auto tick_every = 250ms;
constexpr auto wait_for_store =
    3s;  // at the start; probing does not wait longer for a store in trouble
// Together they leave room for the rest of the five seconds in which an agent ends.
constexpr auto write_within = 3s;
constexpr auto stop_store_within = 1500ms;

void log_escape(std::exception_ptr escaped) {
  try {
    std::rethrow_exception(escaped);
  } catch (const std::exception& error) {
    spdlog::error("internal error: {}", error.what());
  }
}

metrics::ComponentStatuses statuses(const store::Snapshot& snapshot) {
  metrics::ComponentStatuses all;
  for (const auto& component : snapshot.components)
    all.emplace_back(component.component, component.status);
  return all;
}

std::set<std::string> flows_with_cleanup(const settings::Settings& settings) {
  std::set<std::string> flows;
  for (const auto& check : settings.checks) {
    if (check.internal) flows.insert(check.beside);
  }
  return flows;
}

}  // namespace

App::App(std::filesystem::path config, std::shared_ptr<const settings::Settings> settings)
    : settings_(std::move(settings)),
      started_with_(settings_->agent),
      tasks_(loop_.get_executor(), log_escape),
      signals_(loop_, SIGTERM, SIGINT, SIGHUP),
      ticker_(loop_),
      reloader_(std::move(config), {[this](auto next) { take(std::move(next)); },
                                    [this](const auto& problems) { refuse(problems); }}),
      metrics_(version),
      api_(state_, means_),
      hooks_(state_, means_),
      endpoints_(state_, web::joined(api_.routes(), hooks_.routes())),
      callbacks_(loop_.get_executor()),
      watchman_(loop_, {[this](const auto& round) { fleet_->note(round); },
                        [this](const auto& report) { on_controls(report); }}) {}

App::~App() = default;

std::expected<void, std::string> App::run() {
  if (auto listening = listen(); !listening) return listening;
  if (auto listening = listen_for_callbacks(); !listening) return listening;
  exporter_.emplace(
      [this](auto work, auto done) { return store_->submit(std::move(work), std::move(done)); },
      loop_.get_executor());
  publish_site();
  metrics_.reload_succeeded(wall_now());
  store_.emplace(loop_.get_executor(),
                 [address = settings_->agent.store] { return store::open(address); });
  store_->on_health([this](const store::Health& health) { on_store_health(health); });
  reconciler_.emplace(
      [this](auto work, auto done) { return store_->submit(std::move(work), std::move(done)); },
      [this](auto snapshot) { on_snapshot(std::move(snapshot)); }, reconcile::monitored(*settings_),
      wall_now());
  means_ = operator_means(*store_, settings_->agent.region);
  means_.accounts = [this](std::string check) { return explain(*fleet_, std::move(check)); };
  means_.receivers = [this] { return std::span<const receivers::Receiver>(settings_->receivers); };
  means_.look_at = [this](const auto& components, const auto& groups) {
    reconciler_->look_at(components, groups);
  };
  // A change is in the store before it is remembered as known: a crash between the two tells it
  // twice, and the store knows better; the other way round it would be lost.
  memories_.emplace(
      [this](auto work, auto done) { return store_->submit(std::move(work), std::move(done)); },
      settings_->agent.region,
      [this](const reconcile::MemoryKey& key) {
        return key.second != detect::of_drift || observed_->backlog() == 0;
      });
  observed_.emplace(
      [this](auto work, auto done) { return store_->submit(std::move(work), std::move(done)); },
      [this](const incident::Change& change) { reconciler_->look_at(change.components, {}); });
  orphans_.emplace(
      [this](auto work, auto done) { return store_->submit(std::move(work), std::move(done)); },
      settings_->agent.region, [this](std::size_t steps) { metrics_.set_flow_orphans(steps); });
  fleet_.emplace(settings_->agent, FleetTotals{metrics_.lateness(), metrics_.tls()},
                 loop_.get_executor(),
                 FleetNews{[this](incident::Vote vote) { on_vote(std::move(vote)); },
                           [this](store::Memory memory) { memories_->keep(std::move(memory)); },
                           [this](incident::Change change) { observed_->keep(std::move(change)); },
                           [this] { watchman_.ask(); }},
                 flow_means());
  tasks_.spawn(listen_to_signals());
  watchman_.apply(settings_->agent.controls);
  tasks_.spawn(watchman_.watch());
  tasks_.spawn(start_watching());
  loop_.run();
  return {};
}

std::expected<void, std::string> App::listen() {
  auto server = web::Server::listen(
      loop_, settings_->agent.listen,
      [this](const web::Request& request) { return endpoints_.handle(request); });
  if (!server) return std::unexpected(server.error());
  server_ = std::move(*server);
  state_.metrics = [this] {
    auto exposition = std::make_shared<metrics::Exposition>(fleet_->series(), metrics_, wall_now());
    return [exposition](std::string& out) { return exposition->next(out); };
  };
  state_.reload = [this] { return reloader_.reload(); };
  state_.find_incident = [this](std::string id) { return find_incident(*store_, std::move(id)); };
  state_.find_chapter = [this](store::ChapterKey key) { return find_chapter(*store_, key); };
  state_.checks = [this] { return fleet_ ? fleet_->series() : nullptr; };
  return {};
}

// Calls of providers come in at the agent's own address unless they have one for themselves.
std::expected<void, std::string> App::listen_for_callbacks() {
  const auto take = [this](const std::string& token, const web::Request& request) {
    return callbacks_.take(token, request);
  };
  if (settings_->agent.webhooks.listen.empty()) {
    state_.callback = take;
    return {};
  }
  auto server = web::Server::listen(loop_, settings_->agent.webhooks.listen,
                                    flows::callback_handler(callbacks_));
  if (!server) return std::unexpected(server.error());
  callback_server_ = std::move(*server);
  return {};
}

flows::Means App::flow_means() {
  const auto& webhooks = settings_->agent.webhooks;
  flows::Means means;
  means.submit = [this](auto work, auto done, auto loop) {
    return store_->submit(std::move(work), std::move(done), std::move(loop));
  };
  means.owner = {settings_->agent.region, settings_->agent.name};
  means.note_latency = metrics_.journal();
  means.desk = &callbacks_;
  means.callback_url = !webhooks.url.empty() ? webhooks.url
                       : callback_server_    ? "http://" + callback_server_->address()
                                             : state_.site->url;
  return means;
}

// The store is asked first what was known, so that an outage goes on where it was before the
// restart.
Awaitable<void> App::start_watching() {
  const auto give_up = Steady::now() + wait_for_store;
  while (!knows_what_was() && Steady::now() < give_up && !ending_) {
    memories_->tick(wall_now());
    ask_what_was_known();
    reconciler_->tick(wall_now());
    ticker_.expires_after(5ms);
    co_await ticker_.async_wait(asio::as_tuple(asio::use_awaitable));
  }
  if (ending_) co_return;
  if (!knows_what_was())
    spdlog::warn("the store cannot be read: probing begins without what it knows");
  watch_what_is_configured();
  spdlog::info("{} watches {} checks of {} components from region {}", settings_->agent.name,
               settings_->checks.size(), settings_->components.size(), settings_->agent.region);
  spdlog::info("listening on http://{}", server_->address());
  co_await tick();
}

bool App::knows_what_was() const {
  return state_.snapshot && memories_->restored();
}

FleetChange App::watch_what_is_configured() {
  const auto change = fleet_->apply(
      *settings_, [this](const std::string& check) { return reconciler_->verdict_of(check); },
      memories_->newest());
  orphans_->set_configured(flows_with_cleanup(*settings_));
  malloc_trim(0);  // what reading the configuration took goes back to the system
  return change;
}

void App::ask_what_was_known() {
  if (asked_) return;
  asked_ = true;
  // Asked again while the store is in trouble.
  reconciler_->restore([this](store::Expected<void> restored) {
    asked_ = restored.has_value();
    for (const auto& check : settings_->checks) {
      if (const auto* verdict = reconciler_->verdict_of(check.name)) {
        metrics_.hear(check.component, *verdict);
      }
    }
  });
}

Awaitable<void> App::tick() {
  for (;;) {
    ticker_.expires_after(tick_every);
    const auto [error] = co_await ticker_.async_wait(asio::as_tuple(asio::use_awaitable));
    if (error || ending_) co_return;
    reconciler_->tick(wall_now());
    memories_->tick(wall_now());
    observed_->tick(wall_now());
    orphans_->tick(wall_now());
    exporter_->tick(wall_now(), fleet_->series());
    metrics_.set_store_queue_depth(store_->depth());
  }
}

Awaitable<void> App::listen_to_signals() {
  for (;;) {
    const auto [error, signal] = co_await signals_.async_wait(asio::as_tuple(asio::use_awaitable));
    if (error) co_return;
    if (signal != SIGHUP) break;
    tasks_.spawn(reloader_.reload_on_signal());
  }
  co_await end();
}

// In reverse order of the making: first nothing new is found, then what was found is written, then
// nobody is told.
Awaitable<void> App::end() {
  spdlog::info("ending");
  ending_ = true;
  reloader_.stop();
  watchman_.stop();
  ticker_.cancel();
  fleet_->shut_down();
  co_await asio::post(loop_, asio::use_awaitable);  // behind the shards' last votes
  co_await write_what_waits();
  if (!store_->stop(stop_store_within)) spdlog::warn("the store did not take everything in time");
  co_await server_->stop();
  if (callback_server_) co_await callback_server_->stop();
  reloader_.join();
  exporter_->join();
  spdlog::info("ended");
}

// A store in trouble is not waited for: what it does not take is found anew after the start.
Awaitable<void> App::write_what_waits() {
  const auto give_up = Steady::now() + write_within;
  const auto backlog = [this] {
    return reconciler_->backlog() + memories_->backlog() + observed_->backlog();
  };
  while (backlog() > 0 && store_->health().ok && Steady::now() < give_up) {
    reconciler_->tick(wall_now());
    memories_->tick(wall_now());
    observed_->tick(wall_now());
    ticker_.expires_after(5ms);
    co_await ticker_.async_wait(asio::as_tuple(asio::use_awaitable));
  }
}

void App::refuse(const std::string& problems) {
  spdlog::error("the configuration was not reloaded; the one before it stays in use:\n{}",
                problems);
  metrics_.reload_failed();
  state_.health.reload_problem = problems;
}

void App::take(std::shared_ptr<const settings::Settings> next) {
  const auto fixed = restart_needed(started_with_, next->agent);
  if (!fixed.empty())
    spdlog::warn("takes effect at the next start only: {}", fmt::join(fixed, ", "));
  settings_ = std::move(next);
  publish_site();
  auto monitored = reconcile::monitored(*settings_);
  memories_->retain(monitored.checks);
  reconciler_->apply(std::move(monitored), wall_now());
  watchman_.apply(settings_->agent.controls);
  const auto change = watch_what_is_configured();
  metrics_.reload_succeeded(wall_now());
  state_.health.reload_problem.clear();
  spdlog::info("reloaded: {} checks added, {} changed, {} removed, {} unchanged", change.added,
               change.changed, change.removed, change.unchanged);
}

void App::on_vote(incident::Vote vote) {
  metrics_.hear(vote.component, vote.verdict);
  reconciler_->on_change({std::move(vote), wall_now()});
}

void App::on_snapshot(std::shared_ptr<const store::Snapshot> snapshot) {
  metrics_.see(snapshot->incidents, statuses(*snapshot));
  hurry_after_changes(*snapshot);
  state_.snapshot = std::move(snapshot);
  state_.changes.publish();
}

void App::hurry_after_changes(const store::Snapshot& snapshot) {
  const auto news = touched_.news(snapshot.changes, snapshot.maintenances, wall_now());
  if (!news.empty()) fleet_->hurry(incident::with_dependents(news, settings_->components));
}

void App::on_controls(const control::Report& report) {
  std::vector<std::pair<std::string, bool>> up;
  for (const auto& target : report.targets) up.emplace_back(target.name, target.ok);
  metrics_.set_controls(up);
  const bool blind = !report.round.sees;
  metrics_.set_blind(blind);
  if (blind == blind_since_.has_value()) return;
  if (blind) {
    blind_since_ = wall_now();
    const auto silent = std::ranges::find(report.targets, false, &control::TargetSeen::ok);
    const auto why = fmt::format("{} of its {} controls answer, {} must", report.answered(),
                                 report.targets.size(), report.needed);
    spdlog::warn("the agent cannot see: {}; {}: {}; failures are not believed until then", why,
                 silent->name, silent->message);
    state_.health.note =
        fmt::format("the agent cannot see since {}: {}", format_instant(*blind_since_), why);
  } else {
    spdlog::info("the agent sees again; it was blind since {}", format_instant(*blind_since_));
    blind_since_.reset();
    state_.health.note.clear();
  }
}

void App::on_store_health(const store::Health& health) {
  metrics_.set_store_healthy(health.ok);
  state_.health.troubles.clear();
  if (health.ok) memories_->tell_anew();
  if (!health.ok) state_.health.troubles.push_back("the store is in trouble: " + health.message);
  state_.changes.publish();
}

void App::publish_site() {
  state_.site =
      std::make_shared<const page::Site>(site_of(*settings_, server_->address(), wall_now()));
  exporter_->configure(settings_->agent.export_to, state_.site);
  state_.tokens = tokens_of(settings_->agent);
  metrics_.introduce(settings_->agent.name, started_with_.region, state_.site->url);
  state_.changes.publish();
}

}  // namespace vedette::app
