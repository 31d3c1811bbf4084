// SPDX-License-Identifier: Apache-2.0
// The functions of expressions, by name.
#pragma once

#include <expected>
#include <span>
#include <string>
#include <string_view>

#include "probes/flow/text/expression.h"

namespace vedette::flow {

using Evaluated = std::expected<Value, std::string>;

struct Function {
  std::string_view name;
  std::size_t arguments;
  // `place` differs for each call of one expression.
  Evaluated (*call)(std::span<const Value> arguments, const Scope& scope, std::size_t place);
};

// Null: there is none of that name.
const Function* find_function(std::string_view name);
// "uuid, base64, ...": for messages.
std::string function_names();

// A whole number in 64 bits; the error names what was found instead.
std::expected<std::int64_t, std::string> whole_number(const Value& value);

}  // namespace vedette::flow
