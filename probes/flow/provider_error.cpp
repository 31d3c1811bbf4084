// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <string_view>

#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/expect/json_document.h"
#include "probes/flow/report.h"

namespace vedette::flow {
namespace {

namespace json = boost::json;

constexpr std::size_t most_shown = 200;

std::string text_at(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  if (value == nullptr) return {};
  if (const auto* text = value->if_string())
    return printable(shorten({text->data(), text->size()}, most_shown));
  return value->is_int64() ? fmt::format("{}", value->get_int64()) : std::string();
}

std::string first_of(const json::object& object, std::initializer_list<std::string_view> keys) {
  for (const auto key : keys) {
    if (auto text = text_at(object, key); !text.empty()) return text;
  }
  return {};
}

std::string words_of(const json::object& object) {
  const auto code = first_of(object, {"decline_code", "code", "errorCode", "type", "name"});
  const auto words = first_of(
      object, {"message", "detail", "description", "error_description", "errorMessage", "title"});
  if (code.empty() || words.empty()) return code + words;
  return fmt::format("{}: {}", code, words);
}

const json::object* object_in(const json::value& value) {
  if (const auto* object = value.if_object()) return object;
  const auto* list = value.if_array();
  return list != nullptr && !list->empty() ? list->front().if_object() : nullptr;
}

}  // namespace

std::string provider_error(const Answer& answer) {
  const expect::JsonDocument document{expect::Text(answer.body)};
  const auto* root = document.root();
  const auto* object = root == nullptr ? nullptr : root->if_object();
  if (object == nullptr) return {};
  for (const std::string_view key : {"error", "errors"}) {
    const auto* value = object->if_contains(key);
    if (value == nullptr) continue;
    if (const auto* inner = object_in(*value)) return words_of(*inner);
    const auto words = text_at(*object, "error_description");
    const auto code = text_at(*object, key);
    return words.empty() ? code : fmt::format("{}: {}", code, words);
  }
  return words_of(*object);
}

}  // namespace vedette::flow
