// SPDX-License-Identifier: Apache-2.0
// Keeps a directory of static files as the pages are (`agent.export`): read by the store's thread,
// rendered and written by a thread of its own, so that a slow disk delays nobody.
#pragma once

#include <functional>
#include <memory>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/thread_pool.hpp>

#include "agent/metrics/check_series.h"
#include "agent/page/export.h"
#include "agent/reconcile/submit.h"
#include "agent/settings/settings.h"

namespace vedette::app {

// Used on the core loop only.
class Exporter {
 public:
  Exporter(reconcile::Submit submit, boost::asio::any_io_executor core);
  ~Exporter();
  Exporter(const Exporter&) = delete;
  Exporter& operator=(const Exporter&) = delete;

  // What to show from now on, and where. Without a directory nothing is written.
  void configure(settings::Export to, std::shared_ptr<const page::Site> site);
  // About once a second. The whole history is written once an hour, between that the newest part.
  void tick(Instant now, const metrics::SeriesList& checks);
  // Waits for what is being written.
  void join() { beside_.join(); }

 private:
  struct Job;
  void gathered(const std::shared_ptr<Job>& job);
  void written(const Job& job);

  const reconcile::Submit submit_;
  const boost::asio::any_io_executor core_;
  const std::shared_ptr<const bool> alive_ = std::make_shared<const bool>(true);
  boost::asio::thread_pool beside_{1};
  settings::Export to_;
  std::shared_ptr<const page::Site> site_;
  bool busy_ = false;
  bool complained_ = false;
  Instant next_{};
  Instant next_whole_{};
};

}  // namespace vedette::app
