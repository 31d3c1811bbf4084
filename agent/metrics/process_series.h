// SPDX-License-Identifier: Apache-2.0
// What the process takes of the machine, under the names that Prometheus' own client libraries use.
#pragma once

#include <string>

namespace vedette::metrics {

// Appends process_cpu_seconds_total, process_resident_memory_bytes and their like, as /proc tells
// them now, in the text format. What cannot be read is left out.
void render_process(std::string& out);

}  // namespace vedette::metrics
