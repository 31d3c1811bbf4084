// SPDX-License-Identifier: Apache-2.0
// Answers of the operator API, for people.
#pragma once

#include <string>

#include <boost/json/value.hpp>

namespace vedette::cli {

// A table of incidents, changes or maintenances, one of them with its entries, why checks are in
// their state, or what else it is
// as JSON.
std::string as_report(const boost::json::value& answer);

}  // namespace vedette::cli
