// SPDX-License-Identifier: Apache-2.0
#include "probes/jsonpath/json_text.h"

#include <array>
#include <charconv>
#include <string_view>
#include <utility>

#include <boost/json/value.hpp>

#include "probes/encoding.h"

namespace vedette::jsonpath {
namespace {

namespace json = boost::json;

template <class Number>
void append_number(std::string& out, Number number) {
  std::array<char, 32> text{};
  const auto [end, error] = std::to_chars(text.data(), text.data() + text.size(), number);
  out.append(text.data(), end);
}

void append_string(std::string& out, std::string_view text) {
  out += '"';
  out += json_escape(text);
  out += '"';
}

void append_array(std::string& out, const json::array& array) {
  std::string_view before = "[";
  for (const json::value& element : array) {
    out += std::exchange(before, ",");
    append_json(out, element);
  }
  out += array.empty() ? "[]" : "]";
}

void append_object(std::string& out, const json::object& object) {
  std::string_view before = "{";
  for (const auto& member : object) {
    out += std::exchange(before, ",");
    append_string(out, {member.key().data(), member.key().size()});
    out += ':';
    append_json(out, member.value());
  }
  out += object.empty() ? "{}" : "}";
}

}  // namespace

void append_json(std::string& out, const json::value& value) {
  switch (value.kind()) {
    case json::kind::null:
      out += "null";
      break;
    case json::kind::bool_:
      out += value.get_bool() ? "true" : "false";
      break;
    case json::kind::int64:
      append_number(out, value.get_int64());
      break;
    case json::kind::uint64:
      append_number(out, value.get_uint64());
      break;
    case json::kind::double_:
      append_number(out, value.get_double());
      break;
    case json::kind::string:
      append_string(out, {value.get_string().data(), value.get_string().size()});
      break;
    case json::kind::array:
      append_array(out, value.get_array());
      break;
    case json::kind::object:
      append_object(out, value.get_object());
      break;
  }
}

}  // namespace vedette::jsonpath
