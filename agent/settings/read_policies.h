// SPDX-License-Identifier: Apache-2.0
// The sections `detect` and `incidents`.
#pragma once

#include "agent/detect/detector.h"
#include "agent/incident/decide.h"
#include "config/node.h"

namespace vedette::settings {

// The key `detect` of a check or of the defaults. What it leaves out is as in `base`.
detect::Policy read_detect(config::Section& section, const detect::Policy& base);

// The policy of a check that runs so often: a confirmation later than the next regular run would
// confirm nothing.
detect::Policy fitted(detect::Policy policy, Duration every);

incident::Policy read_incidents(config::Section& top);

}  // namespace vedette::settings
