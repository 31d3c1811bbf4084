// SPDX-License-Identifier: Apache-2.0
// The description of the operator API for machines: OpenAPI 3.1.
#pragma once

#include <boost/json/object.hpp>

namespace vedette::operators {

boost::json::object openapi_document();

}  // namespace vedette::operators
