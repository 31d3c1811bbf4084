// SPDX-License-Identifier: Apache-2.0
// The running agent: makes the long-lived parts, joins them, reloads them, ends them in reverse
// order.
#pragma once

#include <expected>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>

#include "agent/app/exporter.h"
#include "agent/app/fleet.h"
#include "agent/app/reloader.h"
#include "agent/control/watchman.h"
#include "agent/flows/callback_desk.h"
#include "agent/flows/orphans.h"
#include "agent/incident/touched.h"
#include "agent/metrics/agent_metrics.h"
#include "agent/operator/api.h"
#include "agent/operator/change_hooks.h"
#include "agent/reconcile/memories.h"
#include "agent/reconcile/observed.h"
#include "agent/reconcile/reconciler.h"
#include "agent/settings/settings.h"
#include "agent/store/worker.h"
#include "agent/web/endpoints.h"
#include "agent/web/server.h"
#include "agent/web/state.h"
#include "probes/task_group.h"

namespace vedette::app {

// Everything but the constructor happens on the thread that calls run(): the core loop.
class App {
 public:
  // `config` is read again on every reload.
  App(std::filesystem::path config, std::shared_ptr<const settings::Settings> settings);
  ~App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  // Runs until SIGTERM or SIGINT, then ends everything within about five seconds, with nothing
  // lost. SIGHUP reloads. The error, one sentence, is why it could not start.
  std::expected<void, std::string> run();

 private:
  std::expected<void, std::string> listen();
  std::expected<void, std::string> listen_for_callbacks();
  flows::Means flow_means();
  Awaitable<void> start_watching();
  bool knows_what_was() const;
  FleetChange watch_what_is_configured();
  void ask_what_was_known();
  Awaitable<void> tick();
  Awaitable<void> listen_to_signals();
  Awaitable<void> end();
  Awaitable<void> write_what_waits();

  void take(std::shared_ptr<const settings::Settings> next);
  void refuse(const std::string& problems);

  void on_vote(incident::Vote vote);
  void on_snapshot(std::shared_ptr<const store::Snapshot> snapshot);
  void hurry_after_changes(const store::Snapshot& snapshot);
  void on_controls(const control::Report& report);
  void on_store_health(const store::Health& health);
  void publish_site();

  std::shared_ptr<const settings::Settings> settings_;
  const settings::Agent started_with_;  // what a reload cannot change stays as it is here
  boost::asio::io_context loop_{1};
  TaskGroup tasks_;
  boost::asio::signal_set signals_;
  boost::asio::steady_timer ticker_;
  Reloader reloader_;
  bool ending_ = false;
  bool asked_ = false;  // what the store knew before this start

  metrics::AgentMetrics metrics_;
  web::State state_;
  std::optional<store::Worker> store_;
  std::optional<reconcile::Reconciler> reconciler_;
  std::optional<reconcile::Memories> memories_;
  std::optional<reconcile::Observed> observed_;
  std::optional<Exporter> exporter_;
  operators::Means means_;
  operators::Api api_;
  operators::ChangeHooks hooks_;
  web::Endpoints endpoints_;
  std::unique_ptr<web::Server> server_;
  std::unique_ptr<web::Server> callback_server_;  // null: calls come in at server_
  flows::CallbackDesk callbacks_;
  std::optional<flows::Orphans> orphans_;
  std::optional<Fleet> fleet_;
  control::Watchman watchman_;
  std::optional<Instant> blind_since_;
  incident::Touched touched_;
};

}  // namespace vedette::app
