// SPDX-License-Identifier: Apache-2.0
#include "probes/jsonpath/compare.h"

#include <compare>
#include <cstdint>
#include <string_view>
#include <utility>

namespace vedette::jsonpath {
namespace {

namespace json = boost::json;

// Whole numbers exactly; a fraction makes both floating point.
std::partial_ordering order(const json::value& a, const json::value& b) {
  if (a.is_double() || b.is_double()) return a.to_number<double>() <=> b.to_number<double>();
  if (a.is_int64() && b.is_int64()) return a.get_int64() <=> b.get_int64();
  if (a.is_uint64() && b.is_uint64()) return a.get_uint64() <=> b.get_uint64();
  // boost::json holds a number as unsigned only when it is too large for a signed one.
  return a.is_uint64() ? std::partial_ordering::greater : std::partial_ordering::less;
}

bool equal_arrays(const json::array& a, const json::array& b, std::size_t& work) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!equal(a[i], b[i], work)) return false;
  }
  return true;
}

bool equal_objects(const json::object& a, const json::object& b, std::size_t& work) {
  if (a.size() != b.size()) return false;
  for (const auto& member : a) {
    const json::value* other = b.if_contains(member.key());
    if (other == nullptr || !equal(member.value(), *other, work)) return false;
  }
  return true;
}

std::string_view view(const json::value& text) {
  return {text.get_string().data(), text.get_string().size()};
}

}  // namespace

bool equal(const json::value& a, const json::value& b, std::size_t& work) {
  ++work;
  if (a.is_number() && b.is_number()) return order(a, b) == 0;
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case json::kind::string:
      work += a.get_string().size() / 64;
      return view(a) == view(b);
    case json::kind::bool_:
      return a.get_bool() == b.get_bool();
    case json::kind::array:
      return equal_arrays(a.get_array(), b.get_array(), work);
    case json::kind::object:
      return equal_objects(a.get_object(), b.get_object(), work);
    default:
      return true;  // null
  }
}

// UTF-8 sorts as its code points do.
bool less(const json::value& a, const json::value& b) {
  if (a.is_number() && b.is_number()) return order(a, b) < 0;
  return a.is_string() && b.is_string() && view(a) < view(b);
}

}  // namespace vedette::jsonpath
