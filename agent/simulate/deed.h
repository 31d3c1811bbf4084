// SPDX-License-Identifier: Apache-2.0
// What a person does to an incident in a rehearsal: read from the timeline, done to the store.
#pragma once

#include <expected>
#include <functional>
#include <string>

#include "agent/incident/actions.h"
#include "agent/store/store.h"
#include "config/node.h"

namespace vedette::simulate {

struct Deed {
  Instant at{};
  config::Place place;
  std::string component;  // of the newest incident that it is a part of
  std::string by;
  std::function<incident::Acted(const incident::Incident&, const incident::Actor&)> act;
};

// `action` and its keys, named as in the API; the rest of the event is the caller's.
Deed read_deed(config::Section& section, Instant at);

// The incident afterwards. The error, one sentence, is why it could not be done.
std::expected<incident::Incident, std::string> act(store::Store& store, const Deed& deed,
                                                   Instant now);

}  // namespace vedette::simulate
