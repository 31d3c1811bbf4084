// SPDX-License-Identifier: Apache-2.0
#include "agent/metrics/check_series.h"

#include "agent/metrics/text_format.h"

namespace vedette::metrics {
namespace {

constexpr auto relaxed = std::memory_order_relaxed;

std::string label_prefix(const CheckLabels& labels) {
  std::string out;
  append_label(out, "check", labels.check);
  append_label(out, "component", labels.component);
  append_label(out, "region", labels.region);
  append_label(out, "probe", labels.probe);
  if (!labels.variant.empty()) append_label(out, "variant", labels.variant);
  out.shrink_to_fit();
  return out;
}

double seconds(Microseconds duration) {
  return std::chrono::duration<double>(duration).count();
}

}  // namespace

CheckSeries::CheckSeries(CheckLabels labels, const ProbeType& type,
                         std::shared_ptr<LatenessHistogram> lateness,
                         std::shared_ptr<const Probe> probe)
    : labels_(std::move(labels)),
      type_(type),
      probe_(std::move(probe)),
      own_gauges_(probe_ ? probe_->own_gauges() : std::span<const GaugeSpec>()),
      prefix_(label_prefix(labels_)),
      lateness_(std::move(lateness)),
      success_(not_seen),
      duration_(not_seen),
      gauges_(std::make_unique<std::atomic<double>[]>(type.gauges.size() + own_gauges_.size())),
      infos_(std::make_unique<PublishedText[]>(type.infos.size())) {
  for (std::size_t i = 0; i < type.gauges.size() + own_gauges_.size(); ++i)
    gauges_[i].store(not_seen, relaxed);
}

void CheckSeries::record(const Result& result) {
  count(result.outcome, result.reason);
  recent_.record(result.outcome, result.started_at, result.duration);
  const bool could_tell = result.outcome != Outcome::unknown;
  const double took = seconds(result.duration);
  success_.store(could_tell ? (result.outcome == Outcome::fail ? 0 : 1) : not_seen, relaxed);
  duration_.store(could_tell ? took : not_seen, relaxed);
  if (could_tell) latency_.observe(took);
  for (std::size_t i = 0; i < type_.gauges.size() + own_gauges_.size(); ++i) {
    gauges_[i].store(i < result.gauges.size() ? result.gauges[i] : not_seen, relaxed);
  }
  for (std::size_t i = 0; i < type_.infos.size(); ++i) {
    infos_[i].set(i < result.infos.size() ? std::string_view(result.infos[i]) : std::string_view());
  }
}

void CheckSeries::record(const detect::Verdict& verdict) {
  state_.store(verdict.state, relaxed);
}

void CheckSeries::record_skipped(std::uint32_t runs) {
  skipped_.fetch_add(runs, relaxed);
}

void CheckSeries::record_lateness(std::chrono::microseconds lateness) {
  if (lateness_) lateness_->observe(seconds(lateness));
}

void CheckSeries::count(Outcome outcome, std::optional<Reason> reason) {
  if (outcome == Outcome::pass) {
    passes_.fetch_add(1, relaxed);
    return;
  }
  if (!troubles_owner_) {
    troubles_owner_ = std::make_unique<Troubles>();
    troubles_.store(troubles_owner_.get(), std::memory_order_release);
  }
  const auto row = static_cast<std::size_t>(outcome) - 1;
  const auto column = reason ? static_cast<std::size_t>(*reason) : reason_count;
  (*troubles_owner_)[row * trouble_columns + column].fetch_add(1, relaxed);
}

}  // namespace vedette::metrics
