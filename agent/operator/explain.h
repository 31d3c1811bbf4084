// SPDX-License-Identifier: Apache-2.0
// Why a check is in its state, and what stands around it, as the operator API says it.
#pragma once

#include <string>
#include <vector>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include "agent/detect/trail.h"
#include "agent/web/state.h"
#include "probes/flow/entry.h"

namespace vedette::operators {

boost::json::object to_json(const detect::Account& one);

// The component's status, the open incident that it is part of, and the maintenance that silences
// it now.
boost::json::object surroundings(const std::string& component, const web::State& state);

// Those entries that a run of this check has left. The values of the run stay in the store.
boost::json::array cleanups_of(const detect::Account& check,
                               const std::vector<flow::Entry>& entries);

// As they can be asked for: with their variants and without.
std::vector<std::string> names_of_checks(const web::State& state);

}  // namespace vedette::operators
