// SPDX-License-Identifier: Apache-2.0
// The values that a flow carries from step to step.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include <boost/json/fwd.hpp>

namespace vedette::flow {

struct Value {
  // What it is in JSON. A list or a map is kept as its JSON text.
  enum class Kind : std::uint8_t { text, number, boolean, null, composite };

  std::string text;
  Kind kind = Kind::text;
  bool secret = false;

  bool operator==(const Value&) const = default;
};

// By name. `run.id`, `step.key` and the like stand among them with their dots.
using Values = std::map<std::string, Value, std::less<>>;

Value value_of(const boost::json::value& value);
// A number when it is written as one in JSON, with 15 digits at most, else a text.
Value value_of_text(std::string_view text);

boost::json::value json_of(const Value& value);

}  // namespace vedette::flow
