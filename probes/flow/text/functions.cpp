// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/text/functions.h"

#include <algorithm>
#include <array>
#include <charconv>

#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/jsonpath/json_text.h"
#include "probes/net/digest.h"

namespace vedette::flow {
namespace {

using Arguments = std::span<const Value>;

// Nobody can foretell them, and the same place of the same run draws the same.
std::string drawn_bytes(const Scope& scope, std::size_t place) {
  return net::digest(net::Hash::sha256, fmt::format("{}\n{}", scope.seed, place));
}

// RFC 9562, version 4 in form.
Evaluated uuid(Arguments, const Scope& scope, std::size_t place) {
  std::string bytes = drawn_bytes(scope, place).substr(0, 16);
  bytes[6] = static_cast<char>((bytes[6] & 0x0f) | 0x40);
  bytes[8] = static_cast<char>((bytes[8] & 0x3f) | 0x80);
  const std::string text = hex(bytes);
  const std::string_view digits = text;
  return Value{fmt::format("{}-{}-{}-{}-{}", digits.substr(0, 8), digits.substr(8, 4),
                           digits.substr(12, 4), digits.substr(16, 4), digits.substr(20))};
}

Evaluated random_int(Arguments arguments, const Scope& scope, std::size_t place) {
  const auto from = whole_number(arguments[0]);
  const auto to = whole_number(arguments[1]);
  if (!from) return std::unexpected(from.error());
  if (!to) return std::unexpected(to.error());
  if (*from > *to) return std::unexpected(fmt::format("random_int({}, {}) is empty", *from, *to));
  std::uint64_t drawn = 0;
  for (const char byte : drawn_bytes(scope, place).substr(0, 8))
    drawn = drawn << 8 | static_cast<unsigned char>(byte);
  const auto width = static_cast<std::uint64_t>(*to) - static_cast<std::uint64_t>(*from) + 1;
  const auto offset = width == 0 ? drawn : drawn % width;
  const auto result = static_cast<std::int64_t>(static_cast<std::uint64_t>(*from) + offset);
  return Value{fmt::format("{}", result), Value::Kind::number};
}

Evaluated timestamp(Arguments, const Scope& scope, std::size_t) {
  return Value{fmt::format("{}", scope.now), Value::Kind::number};
}

Value text_like(const Value& from, std::string text) {
  return {std::move(text), Value::Kind::text, from.secret};
}

Evaluated base64_of(Arguments arguments, const Scope&, std::size_t) {
  return text_like(arguments[0], base64(arguments[0].text));
}

Evaluated url_encoded(Arguments arguments, const Scope&, std::size_t) {
  return text_like(arguments[0], percent_encode(arguments[0].text));
}

Evaluated json_text(Arguments arguments, const Scope&, std::size_t) {
  std::string text;
  jsonpath::append_json(text, json_of(arguments[0]));
  return text_like(arguments[0], std::move(text));
}

Evaluated as_text(Arguments arguments, const Scope&, std::size_t) {
  return text_like(arguments[0], arguments[0].text);
}

Evaluated raw(Arguments arguments, const Scope&, std::size_t) {
  return arguments[0];
}

Evaluated sha256(Arguments arguments, const Scope&, std::size_t) {
  return Value{hex(net::digest(net::Hash::sha256, arguments[0].text))};
}

Evaluated hmac_sha256(Arguments arguments, const Scope&, std::size_t) {
  return Value{hex(net::hmac(net::Hash::sha256, arguments[0].text, arguments[1].text))};
}

constexpr std::array functions{
    Function{"uuid", 0, uuid},
    Function{"base64", 1, base64_of},
    Function{"url_encode", 1, url_encoded},
    Function{"json", 1, json_text},
    Function{"raw", 1, raw},
    Function{"text", 1, as_text},
    Function{"sha256", 1, sha256},
    Function{"hmac_sha256", 2, hmac_sha256},
    Function{"timestamp", 0, timestamp},
    Function{"random_int", 2, random_int},
};

}  // namespace

const Function* find_function(std::string_view name) {
  const auto found = std::ranges::find(functions, name, &Function::name);
  return found == functions.end() ? nullptr : &*found;
}

std::string function_names() {
  std::string out;
  for (const Function& function : functions) {
    if (!out.empty()) out += ", ";
    out += function.name;
  }
  return out;
}

std::expected<std::int64_t, std::string> whole_number(const Value& value) {
  std::int64_t number = 0;
  const char* end = value.text.data() + value.text.size();
  const auto [stop, error] = std::from_chars(value.text.data(), end, number);
  if (error == std::errc() && stop == end) return number;
  if (value.secret) return std::unexpected("a secret is no whole number");
  return std::unexpected(
      fmt::format("\"{}\" is no whole number", printable(shorten(value.text, 40))));
}

}  // namespace vedette::flow
