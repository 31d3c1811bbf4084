// SPDX-License-Identifier: Apache-2.0
// What was answered, for whoever takes something of it along: the steps of a flow.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace vedette {

// In a flow, secrets are in it as they came; elsewhere those of the check are masked.
struct Answer {
  std::vector<std::pair<std::string, std::string>> headers;  // names as received
  std::string body;
  bool body_cut = false;  // only its beginning was kept
};

}  // namespace vedette
