// SPDX-License-Identifier: Apache-2.0
#include "agent/metrics/agent_metrics.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <sstream>

#include <prometheus/counter.h>
#include <prometheus/gauge.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>
#include <prometheus/text_serializer.h>

#include "agent/metrics/process_series.h"
#include "agent/metrics/text_format.h"

namespace vedette::metrics {
namespace {

using GaugeFamily = prometheus::Family<prometheus::Gauge>;

double seconds_of(Instant at) {
  return std::chrono::duration<double>(at.time_since_epoch()).count();
}

GaugeFamily& gauge_family(prometheus::Registry& registry, const Metric& metric) {
  return prometheus::BuildGauge()
      .Name(std::string(metric.name))
      .Help(std::string(metric.help))
      .Register(registry);
}

prometheus::Gauge& gauge(prometheus::Registry& registry, const Metric& metric) {
  return gauge_family(registry, metric).Add({});
}

prometheus::Counter& counter(prometheus::Registry& registry, const Metric& metric) {
  return prometheus::BuildCounter()
      .Name(std::string(metric.name))
      .Help(std::string(metric.help))
      .Register(registry)
      .Add({});
}

prometheus::Histogram& histogram(prometheus::Registry& registry, const Metric& metric,
                                 const prometheus::Histogram::BucketBoundaries& bounds) {
  return prometheus::BuildHistogram()
      .Name(std::string(metric.name))
      .Help(std::string(metric.help))
      .Register(registry)
      .Add({}, bounds);
}

void render_histogram(const Metric& metric, const LatenessHistogram& histogram, std::string& out) {
  FamilyWriter writer(out, metric);
  const auto reading = histogram.read();
  std::string bound;
  for (std::size_t i = 0; i < histogram.bounds().size(); ++i) {
    bound = "le=\"";
    append_number(bound, histogram.bounds()[i]);
    bound += '"';
    writer.part("_bucket", {}, bound, reading.cumulative[i]);
  }
  writer.part("_bucket", {}, "le=\"+Inf\"", reading.cumulative.back());
  writer.part("_sum", {}, {}, reading.sum);
  writer.part("_count", {}, {}, reading.cumulative.back());
}

void render_tls(const TlsCounts& tls, std::string& out) {
  const auto counter = [&](const Metric& metric, const std::atomic<std::uint64_t>& count) {
    FamilyWriter(out, metric).sample({}, {}, count.load(std::memory_order_relaxed));
  };
  counter(names::tls_memo_hits, tls.memo_hits);
  counter(names::tls_memo_misses, tls.memo_misses);
  counter(names::tls_roots_loaded, tls.roots_loaded);
  counter(names::tls_full_context_retries, tls.full_context_retries);
}

void render_controls(const std::vector<std::pair<std::string, bool>>& controls, std::string& out) {
  FamilyWriter writer(out, names::control_up);
  for (const auto& [name, up] : controls) {
    std::string label;
    append_label(label, "control", name);
    writer.sample(label, {}, std::uint64_t{up ? 1U : 0U});
  }
}

}  // namespace

struct AgentMetrics::Registered {
  prometheus::Registry registry;
  prometheus::Gauge& queue_depth = gauge(registry, names::store_queue_depth);
  prometheus::Gauge& flow_orphans = gauge(registry, names::flow_orphans);
  prometheus::Gauge& store_healthy = gauge(registry, names::store_healthy);
  prometheus::Gauge& agent_blind = gauge(registry, names::agent_blind);
  prometheus::Gauge& reload_successful = gauge(registry, names::reload_successful);
  prometheus::Gauge& reload_timestamp = gauge(registry, names::reload_timestamp);
  prometheus::Counter& incidents = counter(registry, names::incidents);
  prometheus::Histogram& detection = histogram(
      registry, names::incident_detection, {1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1800, 3600});
  prometheus::Histogram& resolution =
      histogram(registry, names::incident_resolution,
                {60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800, 86400});
  GaugeFamily& component_family = gauge_family(registry, names::component_status);
  GaugeFamily& open_family = gauge_family(registry, names::incident_open);
  std::map<incident::Impact, prometheus::Gauge*> open;
  std::map<std::string, prometheus::Gauge*> components;
  bool seen_before = false;
  std::map<std::string, bool> was_open;  // the incidents of the last call, by their ids

  void count_changes(const std::vector<incident::Incident>& list) {
    std::map<std::string, bool> is_open;
    for (const auto& incident : list) {
      is_open[incident.id] = incident.is_open();
      if (!seen_before) continue;
      const auto known = was_open.find(incident.id);
      if (known == was_open.end()) count_opened(incident);
      if (incident.resolved && (known == was_open.end() || known->second)) {
        observe(resolution, *incident.resolved - incident.impact_began);
      }
    }
    was_open = std::move(is_open);
    seen_before = true;
  }

  void count_opened(const incident::Incident& incident) {
    incidents.Increment();
    observe(detection, incident.detected - incident.impact_began);
  }

  static void observe(prometheus::Histogram& histogram, std::chrono::duration<double> took) {
    histogram.Observe(std::max(0.0, took.count()));
  }

  void count_open(const std::vector<incident::Incident>& list) {
    for (const auto& [impact, series] : open) {
      series->Set(static_cast<double>(std::ranges::count_if(
          list, [wanted = impact](const auto& i) { return i.is_open() && i.impact == wanted; })));
    }
  }

  void set_components(const ComponentStatuses& statuses) {
    std::map<std::string, prometheus::Gauge*> kept;
    for (const auto& [id, status] : statuses) {
      auto& series = component_family.Add({{"component", id}});
      series.Set(static_cast<double>(status));
      kept.emplace(id, &series);
    }
    for (const auto& [id, series] : components) {
      if (!kept.contains(id)) component_family.Remove(series);
    }
    components = std::move(kept);
  }
};

AgentMetrics::AgentMetrics(const std::string& version)
    : lateness_(std::make_shared<LatenessHistogram>(lateness_buckets)),
      journal_(std::make_shared<LatenessHistogram>(lateness_buckets)),
      registered_(std::make_unique<Registered>()) {
  using incident::Impact;
  for (const auto impact : {Impact::none, Impact::minor, Impact::major, Impact::critical}) {
    registered_->open[impact] =
        &registered_->open_family.Add({{"impact", std::string(incident::text(impact))}});
  }
  gauge_family(registered_->registry, names::build_info).Add({{"version", version}}).Set(1);
}

AgentMetrics::~AgentMetrics() = default;

void AgentMetrics::set_store_queue_depth(std::size_t jobs) {
  registered_->queue_depth.Set(static_cast<double>(jobs));
}

void AgentMetrics::set_flow_orphans(std::size_t steps) {
  registered_->flow_orphans.Set(static_cast<double>(steps));
}

void AgentMetrics::set_store_healthy(bool healthy) {
  registered_->store_healthy.Set(healthy ? 1 : 0);
}

void AgentMetrics::set_blind(bool blind) {
  registered_->agent_blind.Set(blind ? 1 : 0);
}

void AgentMetrics::set_controls(const std::vector<std::pair<std::string, bool>>& up) {
  controls_ = up;
}

void AgentMetrics::reload_succeeded(Instant at) {
  registered_->reload_successful.Set(1);
  registered_->reload_timestamp.Set(seconds_of(at));
}

void AgentMetrics::reload_failed() {
  registered_->reload_successful.Set(0);
}

void AgentMetrics::introduce(const std::string& name, const std::string& region,
                             const std::string& page_url) {
  page_url_ = page_url;
  introduction_.clear();
  append_label(introduction_, "agent", name);
  append_label(introduction_, "region", region);
  append_label(introduction_, "url", page_url);
}

void AgentMetrics::hear(const std::string& component, const detect::Verdict& verdict) {
  incidents_.hear(component, verdict);
}

void AgentMetrics::see(const std::vector<incident::Incident>& incidents,
                       const ComponentStatuses& components) {
  registered_->count_changes(incidents);
  registered_->count_open(incidents);
  registered_->set_components(components);
  incidents_.see(incidents, page_url_);
}

void AgentMetrics::render(std::string& out, Instant now) const {
  std::ostringstream stream;
  prometheus::TextSerializer().Serialize(stream, registered_->registry.Collect());
  out += stream.view();
  render_histogram(names::schedule_lateness, *lateness_, out);
  render_histogram(names::flow_journal, *journal_, out);
  render_tls(*tls_, out);
  if (!introduction_.empty()) {
    FamilyWriter(out, names::agent_info).sample(introduction_, {}, std::uint64_t{1});
  }
  render_controls(controls_, out);
  incidents_.render(out, now);
  render_process(out);
}

}  // namespace vedette::metrics
