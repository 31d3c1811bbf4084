// SPDX-License-Identifier: Apache-2.0
// Checks of two made-up probe types, and results for them.
#pragma once

#include <array>

#include "agent/metrics/agent_metrics.h"
#include "agent/metrics/check_series.h"
#include "agent/metrics/exposition.h"

namespace vedette::metrics {

inline constexpr std::array<GaugeSpec, 4> web_gauges{{
    {"probe_http_status_code", "Status code of the last answer."},
    {"probe_http_duration_seconds", "Duration by phase.", "phase", "connect"},
    {"probe_http_duration_seconds", "Duration by phase.", "phase", "transfer"},
    {"probe_ip_protocol", "4 or 6."},
}};
inline constexpr std::array<InfoSpec, 1> web_infos{{{"probe_tls_version_info", "TLS version."}}};
inline constexpr std::array<GaugeSpec, 2> dns_gauges{{
    {"probe_dns_answer_rrs", "Records in the answer."},
    {"probe_ip_protocol", "4 or 6."},
}};

inline const ProbeType web_type{"http", nullptr, web_gauges, web_infos};
inline const ProbeType dns_type{"dns", nullptr, dns_gauges, {}};

inline constexpr Instant now{std::chrono::seconds(2'000)};

inline Result passed(Microseconds duration = Microseconds{1500}) {
  Result result;
  result.outcome = Outcome::pass;
  result.duration = duration;
  result.gauges = {200, 0.25, not_seen, 4};
  result.infos = {R"(version="TLS 1.3")"};
  return result;
}

inline Result ended(Outcome outcome, Reason reason) {
  Result result = passed();
  result.outcome = outcome;
  result.reason = reason;
  return result;
}

inline std::shared_ptr<CheckSeries> make_series(const std::string& check,
                                                const ProbeType& type = web_type) {
  return std::make_shared<CheckSeries>(
      CheckLabels{check, "portal", "eu-west", std::string(type.name), "Customer Portal", "Portal"},
      type);
}

inline SeriesList list_of(std::vector<std::shared_ptr<CheckSeries>> series) {
  return std::make_shared<const std::vector<std::shared_ptr<CheckSeries>>>(std::move(series));
}

inline std::string render(const SeriesList& series, const AgentMetrics& agent) {
  Exposition exposition(series, agent, now);
  std::string out;
  while (exposition.next(out)) {
  }
  return out;
}

inline std::string render(const SeriesList& series) {
  return render(series, AgentMetrics("test"));
}

}  // namespace vedette::metrics
