// SPDX-License-Identifier: Apache-2.0
// The JSON objects of the payment API.
#pragma once

#include <string>
#include <string_view>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "agent/demo/payments/intent.h"

namespace vedette::demo {

// Seconds since 1970.
std::int64_t unix_seconds(Instant instant);

boost::json::object to_json(const Intent& intent);
boost::json::object to_json(const Intent& intent, const Refund& refund);
boost::json::object list_object(std::string_view url, boost::json::array data, bool has_more);
// What a webhook carries: `type` is "payment_intent.succeeded", `object` what it is about.
boost::json::object event_object(std::string_view id, std::string_view type, Instant at,
                                 boost::json::object object);

}  // namespace vedette::demo
