// SPDX-License-Identifier: Apache-2.0
// The header by which a server knows a request again that it has had before
// (draft-ietf-httpapi-idempotency-key-header, and what payment providers do).
#pragma once

#include "config/node.h"

namespace vedette::flow {

// The `http` section of a step that has a cleanup, or is one. Where it changes something (POST or
// PATCH), the header "Idempotency-Key: ${step.key}" is added, unless the step says
// `idempotency_key: none`, or another header's name, or the section has the header already.
config::Node with_key(const config::Node& http, config::Section& step);

}  // namespace vedette::flow
