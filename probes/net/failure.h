// SPDX-License-Identifier: Apache-2.0
// Why the network did not give what was asked for.
#pragma once

#include <string>

#include "probes/outcome.h"

namespace vedette::net {

struct Failure {
  Reason reason = Reason::protocol_error;
  std::string message;  // one sentence that names the phase; no secrets
};

}  // namespace vedette::net
