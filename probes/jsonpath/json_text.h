// SPDX-License-Identifier: Apache-2.0
// JSON values as people write them: 9.99 and not 9.99E0.
#pragma once

#include <string>

#include <boost/json/fwd.hpp>

namespace vedette::jsonpath {

// RFC 8259, on one line without blanks; numbers as short as they can be read back exactly.
void append_json(std::string& out, const boost::json::value& value);

}  // namespace vedette::jsonpath
