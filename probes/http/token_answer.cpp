// SPDX-License-Identifier: Apache-2.0
#include "probes/http/token_answer.h"

#include <algorithm>
#include <charconv>

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "probes/ascii.h"

namespace vedette::http {
namespace {

namespace json = boost::json;
using std::chrono::seconds;

constexpr std::size_t max_token = 16 << 10;
constexpr seconds max_lifetime{24 * 3600};

const json::string* text_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value == nullptr ? nullptr : value->if_string();
}

// A token is sent in a header: visible ASCII only (RFC 6749, appendix A.12).
bool is_token(std::string_view text) {
  return !text.empty() && text.size() <= max_token &&
         std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

seconds clamp_lifetime(double count) {
  return seconds(
      static_cast<seconds::rep>(std::clamp(count, 0.0, static_cast<double>(max_lifetime.count()))));
}

// Some servers send the number in quotes.
std::optional<seconds> lifetime(const json::object& object) {
  const json::value* value = object.if_contains("expires_in");
  if (value == nullptr) return std::nullopt;
  if (value->is_number()) return clamp_lifetime(value->to_number<double>());
  if (const json::string* text = value->if_string()) {
    double count = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), count);
    if (error == std::errc() && end == text->data() + text->size() && count >= 0) {
      return clamp_lifetime(count);
    }
  }
  return std::nullopt;
}

std::string error_of(const json::object& object) {
  const json::string* error = text_of(object, "error");
  const json::string* description = text_of(object, "error_description");
  if (error == nullptr) return {};
  return description == nullptr
             ? fmt::format(": {}", std::string_view(*error))
             : fmt::format(": {}, {}", std::string_view(*error), std::string_view(*description));
}

}  // namespace

std::expected<TokenAnswer, std::string> parse_token_answer(int status, std::string_view body) {
  boost::system::error_code error;
  const json::value value = json::parse(body, error);
  const json::object* object = error ? nullptr : value.if_object();
  if (status != 200) {
    return std::unexpected(fmt::format("the token server answered with status {}{}", status,
                                       object == nullptr ? "" : error_of(*object)));
  }
  if (object == nullptr) return std::unexpected("the token server's answer is no JSON object");
  const json::string* token = text_of(*object, "access_token");
  if (token == nullptr || !is_token(*token)) {
    return std::unexpected("the token server's answer holds no usable access_token");
  }
  const json::string* type = text_of(*object, "token_type");
  if (type != nullptr && !same_without_case(*type, "Bearer")) {
    return std::unexpected("the token server's token is not of the type Bearer");
  }
  return TokenAnswer{std::string(*token), lifetime(*object)};
}

}  // namespace vedette::http
