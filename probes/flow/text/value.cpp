// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/text/value.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include "probes/json_number.h"
#include "probes/jsonpath/json_text.h"

namespace vedette::flow {
namespace {

namespace json = boost::json;

// More digits than a double keeps would come back changed.
constexpr std::size_t most_digits = 15;

}  // namespace

Value value_of(const json::value& value) {
  if (const auto* text = value.if_string())
    return {std::string(text->data(), text->size()), Value::Kind::text};
  std::string text;
  jsonpath::append_json(text, value);
  if (value.is_number()) return {std::move(text), Value::Kind::number};
  if (value.is_bool()) return {std::move(text), Value::Kind::boolean};
  if (value.is_null()) return {"", Value::Kind::null};
  return {std::move(text), Value::Kind::composite};
}

Value value_of_text(std::string_view text) {
  const bool number = text.size() <= most_digits && is_json_number(text);
  return {std::string(text), number ? Value::Kind::number : Value::Kind::text};
}

json::value json_of(const Value& value) {
  if (value.kind == Value::Kind::text) return json::string(value.text);
  if (value.kind == Value::Kind::null) return nullptr;
  boost::system::error_code error;
  auto parsed = json::parse(value.text, error);
  return error ? json::value(json::string(value.text)) : parsed;
}

}  // namespace vedette::flow
