// SPDX-License-Identifier: Apache-2.0
// Answers of the operator API.
#pragma once

#include <string_view>

#include <boost/json/value.hpp>

#include "agent/web/message.h"

namespace vedette::operators {

web::Response answer(const boost::json::value& value, int status = 200);
web::Response problem(int status, std::string_view what);

}  // namespace vedette::operators
