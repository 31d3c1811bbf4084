// SPDX-License-Identifier: Apache-2.0
#include "agent/metrics/exposition.h"

#include <algorithm>

namespace vedette::metrics {
namespace {

constexpr auto relaxed = std::memory_order_relaxed;

std::string rendered(std::initializer_list<std::pair<std::string_view, std::string_view>> labels) {
  std::string out;
  for (const auto& [name, value] : labels) append_label(out, name, value);
  return out;
}

// The le="..." of every latency bucket, +Inf last.
const std::vector<std::string>& bucket_labels() {
  static const std::vector<std::string> labels = [] {
    std::vector<std::string> made;
    for (const double bound : latency_buckets) {
      std::string text;
      append_number(text, bound);
      made.push_back(rendered({{"le", text}}));
    }
    made.push_back(rendered({{"le", "+Inf"}}));
    return made;
  }();
  return labels;
}

// outcome="...",reason="..." of every counter of CheckSeries::Troubles, in its order.
const std::vector<std::string>& trouble_labels() {
  static const std::vector<std::string> labels = [] {
    std::vector<std::string> made;
    for (const auto outcome : {Outcome::degraded, Outcome::fail, Outcome::unknown}) {
      for (std::size_t i = 0; i < reason_count; ++i) {
        made.push_back(
            rendered({{"outcome", text(outcome)}, {"reason", text(static_cast<Reason>(i))}}));
      }
      made.push_back(rendered({{"outcome", text(outcome)}, {"reason", ""}}));
    }
    return made;
  }();
  return labels;
}

double as_number(detect::State state) {
  switch (state) {
    case detect::State::up:
      return 0;
    case detect::State::degraded:
      return 1;
    case detect::State::down:
      return 2;
    case detect::State::unknown:
      break;
  }
  return -1;
}

}  // namespace

// One emitter for each family: the samples that one check has of it.
struct CheckFamilies {
  using Family = Exposition::Family;
  using Slice = Exposition::Slice;

  static void success(FamilyWriter& writer, const Family&, const CheckSeries& check) {
    writer.sample(check.prefix_, {}, check.success_.load(relaxed));
  }

  static void duration(FamilyWriter& writer, const Family&, const CheckSeries& check) {
    writer.sample(check.prefix_, {}, check.duration_.load(relaxed));
  }

  static void verdict(FamilyWriter& writer, const Family&, const CheckSeries& check) {
    writer.sample(check.prefix_, {}, as_number(check.state_.load(relaxed)));
  }

  static void skipped(FamilyWriter& writer, const Family&, const CheckSeries& check) {
    writer.sample(check.prefix_, {}, std::uint64_t{check.skipped_.load(relaxed)});
  }

  static void results(FamilyWriter& writer, const Family&, const CheckSeries& check) {
    constexpr std::string_view pass = R"(outcome="pass",reason="")";
    writer.sample(check.prefix_, pass, std::uint64_t{check.passes_.load(relaxed)});
    const auto* troubles = check.troubles_.load(std::memory_order_acquire);
    if (troubles == nullptr) return;
    for (std::size_t i = 0; i < troubles->size(); ++i) {
      const std::uint64_t seen = (*troubles)[i].load(relaxed);
      if (seen > 0) writer.sample(check.prefix_, trouble_labels()[i], seen);
    }
  }

  static void failures(FamilyWriter& writer, const Family&, const CheckSeries& check) {
    std::uint64_t failed = 0;
    if (const auto* troubles = check.troubles_.load(std::memory_order_acquire)) {
      constexpr auto row = static_cast<std::size_t>(Outcome::fail) - 1;
      const auto* first = troubles->data() + row * CheckSeries::trouble_columns;
      for (std::size_t i = 0; i < CheckSeries::trouble_columns; ++i)
        failed += first[i].load(relaxed);
    }
    writer.sample(check.prefix_, {}, failed);
  }

  static void latency(FamilyWriter& writer, const Family&, const CheckSeries& check) {
    const auto reading = check.latency_.read();
    const auto& labels = bucket_labels();
    for (std::size_t i = 0; i < labels.size(); ++i) {
      writer.part("_bucket", check.prefix_, labels[i], reading.cumulative[i]);
    }
    writer.part("_sum", check.prefix_, {}, reading.sum);
    writer.part("_count", check.prefix_, {}, reading.cumulative.back());
  }

  static void info(FamilyWriter& writer, const Family&, const CheckSeries& check) {
    const CheckLabels& labels = check.labels_;
    writer.sample(check.prefix_,
                  rendered({{"component_name", labels.component_name}, {"group", labels.group}}),
                  std::uint64_t{1});
  }

  static void type_gauges(FamilyWriter& writer, const Family& family, const CheckSeries& check) {
    const Slice* slice = slice_of(family, check);
    if (slice == nullptr) return;
    for (std::size_t i = 0; i < slice->labels.size(); ++i) {
      writer.sample(check.prefix_, slice->labels[i], check.gauges_[slice->first + i].load(relaxed));
    }
  }

  static void own_gauges(FamilyWriter& writer, const Family& family, const CheckSeries& check) {
    const std::size_t first = check.type_.gauges.size();
    for (std::size_t i = 0; i < check.own_gauges_.size(); ++i) {
      const GaugeSpec& spec = check.own_gauges_[i];
      if (spec.name != family.metric.name) continue;
      writer.sample(check.prefix_,
                    spec.label.empty() ? std::string() : rendered({{spec.label, spec.value}}),
                    check.gauges_[first + i].load(relaxed));
    }
  }

  static void type_infos(FamilyWriter& writer, const Family& family, const CheckSeries& check) {
    const Slice* slice = slice_of(family, check);
    if (slice == nullptr) return;
    for (std::size_t i = 0; i < slice->labels.size(); ++i) {
      std::string labels;
      if (check.infos_[slice->first + i].append_to(labels)) {
        writer.sample(check.prefix_, labels, std::uint64_t{1});
      }
    }
  }

 private:
  static const Slice* slice_of(const Family& family, const CheckSeries& check) {
    for (const auto& slice : family.slices) {
      if (slice.type == &check.type_) return &slice;
    }
    return nullptr;
  }
};

Exposition::Exposition(SeriesList series, const AgentMetrics& agent, Instant now)
    : series_(series ? std::move(series) : std::make_shared<SeriesList::element_type>()),
      agent_(agent),
      now_(now) {
  plan();
}

void Exposition::plan() {
  using F = CheckFamilies;
  families_ = {{names::probe_success, F::success},   {names::probe_duration, F::duration},
               {names::check_verdict, F::verdict},   {names::check_results, F::results},
               {names::check_failures, F::failures}, {names::check_duration, F::latency},
               {names::check_skipped, F::skipped},   {names::check_info, F::info}};
  std::vector<const ProbeType*> types;
  for (const auto& check : *series_) {
    if (std::ranges::find(types, &check->type()) == types.end()) types.push_back(&check->type());
  }
  for (const auto* type : types) plan_type(*type);
  for (const auto& check : *series_) {
    for (const GaugeSpec& spec : check->own_gauges_)
      find_or_add({spec.name, spec.help, spec.kind}, F::own_gauges);
  }
}

void Exposition::plan_type(const ProbeType& type) {
  for (std::size_t i = 0; i < type.gauges.size(); ++i) {
    const GaugeSpec& spec = type.gauges[i];
    auto& slices =
        find_or_add({spec.name, spec.help, spec.kind}, CheckFamilies::type_gauges).slices;
    if (slices.empty() || slices.back().type != &type) slices.push_back({&type, i, {}});
    slices.back().labels.push_back(spec.label.empty() ? "" : rendered({{spec.label, spec.value}}));
  }
  for (std::size_t i = 0; i < type.infos.size(); ++i) {
    const InfoSpec& spec = type.infos[i];
    find_or_add({spec.name, spec.help, "gauge"}, CheckFamilies::type_infos)
        .slices.push_back({&type, i, {""}});
  }
}

Exposition::Family& Exposition::find_or_add(const Metric& metric, Emit emit) {
  for (auto& family : families_) {
    if (family.metric.name == metric.name) return family;
  }
  return families_.emplace_back(Family{metric, emit});
}

bool Exposition::next(std::string& out) {
  const std::size_t full = out.size() + chunk_bytes;
  if (!agent_done_) {
    agent_.render(out, now_);
    agent_done_ = true;
  }
  for (; next_family_ < families_.size(); ++next_family_, next_check_ = 0) {
    Family& family = families_[next_family_];
    FamilyWriter writer(out, family.metric);
    writer.head_written = family.head_written;
    while (next_check_ < series_->size()) {
      family.emit(writer, family, *(*series_)[next_check_++]);
      if (out.size() < full) continue;
      family.head_written = writer.head_written;
      return true;
    }
  }
  return false;
}

}  // namespace vedette::metrics
