// SPDX-License-Identifier: Apache-2.0
// Where the demo may call: this machine, and nowhere else, so that nobody can use it to reach
// others.
#pragma once

#include <string>
#include <string_view>

#include "agent/demo/payments/api_error.h"

namespace vedette::demo {

// An http URL whose host is localhost, in 127.0.0.0/8, or [::1].
bool is_loopback_url(const std::string& url);

// What is said of another one.
ApiError not_loopback(std::string_view param);

}  // namespace vedette::demo
