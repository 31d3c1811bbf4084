// SPDX-License-Identifier: Apache-2.0
#include "agent/app/exporter.h"

#include <exception>
#include <utility>

#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

#include "agent/app/write_site.h"

namespace vedette::app {
namespace {

using namespace std::chrono_literals;

constexpr Duration whole_every = 1h;
// So much of the history is written each time: a postmortem comes days later.
constexpr Duration newest_part = std::chrono::days(31);

}  // namespace

struct Exporter::Job {
  settings::Export to;
  std::shared_ptr<const page::Site> site;
  metrics::SeriesList checks;
  Instant now;
  bool whole = false;
  store::Expected<page::Material> material;
  std::expected<SiteWritten, std::string> result;

  // On the exporter's thread.
  void write() {
    try {
      const auto files = page::exported_files(*site, *material, *checks, now);
      result = write_site(to.directory, files, whole);
    } catch (const std::exception& error) {
      result = std::unexpected(error.what());
    }
  }
};

Exporter::Exporter(reconcile::Submit submit, boost::asio::any_io_executor core)
    : submit_(std::move(submit)), core_(std::move(core)) {}

Exporter::~Exporter() = default;

void Exporter::configure(settings::Export to, std::shared_ptr<const page::Site> site) {
  to_ = std::move(to);
  site_ = std::move(site);
  next_ = next_whole_ = Instant();
}

void Exporter::tick(Instant now, const metrics::SeriesList& checks) {
  if (to_.directory.empty() || busy_ || !checks) return;
  const bool calm = now < next_ && next_ - now <= to_.every;
  if (calm) return;
  auto job = std::make_shared<Job>();
  job->to = to_;
  job->site = site_;
  job->checks = checks;
  job->now = now;
  job->whole = now >= next_whole_ || next_whole_ - now > whole_every;
  const Instant from = job->whole ? Instant() : now - newest_part;
  busy_ = submit_(
      [job, from](store::Store& store) { job->material = page::gather(store, from, job->now); },
      [this, job, alive = std::weak_ptr(alive_)] {
        if (!alive.expired()) gathered(job);
      });
}

void Exporter::gathered(const std::shared_ptr<Job>& job) {
  if (!job->material) {
    job->result = std::unexpected("the store cannot be read: " + job->material.error().message);
    return written(*job);
  }
  boost::asio::post(beside_, [this, job, alive = std::weak_ptr(alive_)] {
    job->write();
    boost::asio::post(core_, [this, job, alive] {
      if (!alive.expired()) written(*job);
    });
  });
}

void Exporter::written(const Job& job) {
  busy_ = false;
  next_ = job.now + to_.every;
  if (job.result) {
    if (job.whole) next_whole_ = job.now + whole_every;
    if (std::exchange(complained_, false)) spdlog::info("export: the files are written again");
    return;
  }
  if (std::exchange(complained_, true)) return;
  spdlog::warn("export: {}; it is tried again", job.result.error());
}

}  // namespace vedette::app
