// SPDX-License-Identifier: Apache-2.0
// How JSONPath compares JSON values (RFC 9535, section 2.3.5.2.2). Pure.
#pragma once

#include <cstddef>

#include <boost/json/value.hpp>

namespace vedette::jsonpath {

// Values that were compared are counted into `work`.
bool equal(const boost::json::value& a, const boost::json::value& b, std::size_t& work);
// Of two numbers or two strings; false for anything else.
bool less(const boost::json::value& a, const boost::json::value& b);

}  // namespace vedette::jsonpath
