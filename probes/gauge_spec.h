// SPDX-License-Identifier: Apache-2.0
// A series that a probe fills with its newest value.
#pragma once

#include <string_view>

namespace vedette {

// Several entries may share a name and differ in one label:
// {"probe_http_duration_seconds", "...", "phase", "connect"}. Entries of one name stand together.
struct GaugeSpec {
  std::string_view name;
  std::string_view help;
  std::string_view label = {};  // extra label, if any
  std::string_view value = {};
  std::string_view kind = "gauge";  // or "counter", of a value that the probe never lets fall
};

}  // namespace vedette
