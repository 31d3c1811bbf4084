// SPDX-License-Identifier: Apache-2.0
// Every metric that the agent itself defines: name, help and type, once. Probe types bring their
// own (probe_type.h).
#pragma once

#include <string_view>

namespace vedette::metrics {

struct Metric {
  std::string_view name;
  std::string_view help;
  std::string_view type;
};

namespace names {

// Of each check; labels check, component, region, probe.
inline constexpr Metric probe_success{"probe_success",
                                      "Whether the last run passed (1, also when degraded) or "
                                      "failed (0). Absent when it could not tell.",
                                      "gauge"};
inline constexpr Metric probe_duration{"probe_duration_seconds",
                                       "How long the last run took. Absent when it could not tell.",
                                       "gauge"};
inline constexpr Metric check_results{
    "vedette_check_results_total",
    "Runs by outcome (pass, degraded, fail, unknown) and reason. The reason of a pass is empty.",
    "counter"};
inline constexpr Metric check_duration{"vedette_check_duration_seconds",
                                       "How long the runs took that could tell.", "histogram"};
inline constexpr Metric check_verdict{
    "vedette_check_verdict",
    "The settled state of the check: 0 up, 1 degraded, 2 down, -1 not known.", "gauge"};
inline constexpr Metric check_skipped{"vedette_check_skipped_runs_total",
                                      "Runs left out because the one before was still going.",
                                      "counter"};
inline constexpr Metric check_info{"vedette_check_info",
                                   "Always 1; names the check's component and group, to be joined.",
                                   "gauge"};

inline constexpr Metric check_failures{"vedette_check_failures_total",
                                       "Runs that failed, whatever the reason. Zero from the "
                                       "start, so that no first failure is missed.",
                                       "counter"};

// Of the agent.
inline constexpr Metric schedule_lateness{"vedette_schedule_lateness_seconds",
                                          "How much later than planned runs were started.",
                                          "histogram"};
inline constexpr Metric tls_memo_hits{"vedette_tls_memo_hits_total",
                                      "Handshakes whose chain was known as verified.", "counter"};
inline constexpr Metric tls_memo_misses{"vedette_tls_memo_misses_total",
                                        "Handshakes whose chain was verified in full.", "counter"};
inline constexpr Metric tls_roots_loaded{"vedette_tls_roots_loaded_total",
                                         "How often a set of trusted roots was read.", "counter"};
inline constexpr Metric tls_full_context_retries{
    "vedette_tls_full_context_retries_total",
    "Handshakes that failed in the slim library context and were tried again in the full one.",
    "counter"};
inline constexpr Metric build_info{"vedette_build_info", "Always 1; the version that runs.",
                                   "gauge"};
inline constexpr Metric agent_info{
    "vedette_agent_info",
    "Always 1; the agent's name, its region and its status page, to be joined.", "gauge"};
inline constexpr Metric store_queue_depth{"vedette_store_queue_depth",
                                          "Jobs that wait for the store.", "gauge"};
inline constexpr Metric flow_journal{
    "vedette_flow_journal_seconds",
    "How long a step of a flow waited until its cleanup was written down.", "histogram"};
inline constexpr Metric flow_orphans{
    "vedette_flow_cleanup_orphans",
    "Steps to be cleaned up after whose flow is not configured any more.", "gauge"};
inline constexpr Metric agent_blind{
    "vedette_agent_blind",
    "Whether too few of the controls answer, so that failures are not taken for theirs.", "gauge"};
inline constexpr Metric control_up{"vedette_agent_control_up",
                                   "Whether the control answered when it was asked last.", "gauge"};
inline constexpr Metric store_healthy{"vedette_store_healthy",
                                      "Whether the last job of the store succeeded.", "gauge"};
inline constexpr Metric reload_successful{"vedette_config_last_reload_successful",
                                          "Whether the last load of the configuration succeeded.",
                                          "gauge"};
inline constexpr Metric reload_timestamp{"vedette_config_last_reload_success_timestamp_seconds",
                                         "When the configuration was last loaded with success.",
                                         "gauge"};
inline constexpr Metric component_status{"vedette_component_status",
                                         "What the status page shows: 0 operational, 1 degraded "
                                         "performance, 2 partial outage, 3 major outage, "
                                         "4 under maintenance.",
                                         "gauge"};
inline constexpr Metric incident_open{"vedette_incident_open", "Open incidents by impact.",
                                      "gauge"};
inline constexpr Metric incidents{"vedette_incidents_total",
                                  "Incidents opened since the start of the agent.", "counter"};
inline constexpr Metric incident_detection{"vedette_incident_detection_seconds",
                                           "From the first failing run to the verdict, of the "
                                           "incidents opened since the start of the agent.",
                                           "histogram"};

inline constexpr Metric incident_resolution{"vedette_incident_resolution_seconds",
                                            "From the first failing run to the end, of the "
                                            "incidents resolved since the start of the agent.",
                                            "histogram"};

// Of each incident that is open, or was until an hour ago; label incident.
inline constexpr Metric incident_info{
    "vedette_incident_info", "Always 1; names the incident and the address of its page.", "gauge"};
inline constexpr Metric incident_component_info{
    "vedette_incident_component_info",
    "Always 1; a component that the incident touches, and why it failed first.", "gauge"};
inline constexpr Metric incident_impact{
    "vedette_incident_impact", "Impact of the incident: 0 none, 1 minor, 2 major, 3 critical.",
    "gauge"};
inline constexpr Metric incident_began{"vedette_incident_began_timestamp_seconds",
                                       "When the first failing run was started.", "gauge"};
inline constexpr Metric incident_detected{"vedette_incident_detected_timestamp_seconds",
                                          "When the verdict was settled.", "gauge"};
inline constexpr Metric incident_resolved{"vedette_incident_resolved_timestamp_seconds",
                                          "When it was resolved. Absent while it is open.",
                                          "gauge"};

// Of the process, as Prometheus' client libraries name and describe them.
inline constexpr Metric process_cpu{"process_cpu_seconds_total",
                                    "Total user and system CPU time spent in seconds.", "counter"};
inline constexpr Metric process_resident{"process_resident_memory_bytes",
                                         "Resident memory size in bytes.", "gauge"};
inline constexpr Metric process_virtual{"process_virtual_memory_bytes",
                                        "Virtual memory size in bytes.", "gauge"};
inline constexpr Metric process_open_fds{"process_open_fds", "Number of open file descriptors.",
                                         "gauge"};
inline constexpr Metric process_max_fds{"process_max_fds",
                                        "Maximum number of open file descriptors.", "gauge"};
inline constexpr Metric process_start{"process_start_time_seconds",
                                      "Start time of the process since Unix epoch in seconds.",
                                      "gauge"};

}  // namespace names
}  // namespace vedette::metrics
