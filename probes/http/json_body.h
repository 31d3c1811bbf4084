// SPDX-License-Identifier: Apache-2.0
// A YAML tree as the text of a JSON document (RFC 8259).
#pragma once

#include <optional>
#include <string>

#include "config/node.h"
#include "probes/transcript.h"

namespace vedette::http {

// Plain `true`, `false`, `null` and numbers in JSON's notation keep their type; everything else is
// a string. `{secret: {env: NAME}}` stands for the text of a secret, which is added to the mask, as
// are strings under a key that names a secret. Nothing when a secret could not be read.
std::optional<std::string> json_body(const config::Node& node, Mask& mask,
                                     config::Problems& problems);

}  // namespace vedette::http
