// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/text/template.h"

#include <algorithm>

#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/pattern.h"

namespace vedette::flow {
namespace {

bool has_control_characters(std::string_view text) {
  return std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

// The end of an expression: the first "}" that is not within a 'text'.
std::size_t end_of(std::string_view text, std::size_t begin) {
  bool in_text = false;
  for (std::size_t at = begin; at < text.size(); ++at) {
    if (text[at] == '\'') in_text = !in_text;
    if (text[at] == '}' && !in_text) return at;
  }
  return text.npos;
}

std::expected<std::string, std::string> fitted(const Value& value, Place place, bool first,
                                               bool trial) {
  if (trial && first && place == Place::url && value == Scope::sample)
    return "http://sample.invalid";
  switch (place) {
    case Place::url:
      return first ? value.text : percent_encode(value.text);
    case Place::pattern:
      return Pattern::literal(value.text);
    case Place::encoded:
    case Place::bytes:
      return value.text;
    case Place::line:
      break;
  }
  if (has_control_characters(value.text))
    return std::unexpected("a value holds a line break or another control character");
  return value.text;
}

}  // namespace

std::expected<Template, std::string> Template::parse(std::string_view text) {
  Template out;
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    if (text.substr(at).starts_with("$${")) {
      plain += "${";
      at += 3;
    } else if (text.substr(at).starts_with("${")) {
      const auto end = end_of(text, at + 2);
      if (end == text.npos) return std::unexpected("\"${\" is not closed with \"}\"");
      auto expression = Expression::parse(text.substr(at + 2, end - at - 2));
      if (!expression) return std::unexpected(expression.error());
      if (!plain.empty()) out.pieces_.emplace_back(std::exchange(plain, {}));
      out.pieces_.emplace_back(*std::move(expression));
      at = end + 1;
    } else {
      plain += text[at++];
    }
  }
  if (!plain.empty()) out.pieces_.emplace_back(std::move(plain));
  return out;
}

bool Template::is_plain() const {
  return std::ranges::none_of(
      pieces_, [](const Piece& piece) { return std::holds_alternative<Expression>(piece); });
}

bool Template::is_one_value() const {
  return pieces_.size() == 1 && !is_plain();
}

std::vector<std::string> Template::names() const {
  std::vector<std::string> out;
  for (const Piece& piece : pieces_) {
    const auto* expression = std::get_if<Expression>(&piece);
    if (expression != nullptr) std::ranges::move(expression->names(), std::back_inserter(out));
  }
  return out;
}

std::string Template::unfit(Place place) const {
  if (place != Place::bytes) return {};
  for (const Piece& piece : pieces_) {
    const auto* expression = std::get_if<Expression>(&piece);
    if (expression == nullptr || !expression->outermost().empty()) continue;
    return "in a raw body, say how a value is to be written: ${json(x)}, ${url_encode(x)}, "
           "${base64(x)} or, as it is, ${raw(x)}";
  }
  return {};
}

std::expected<Value, std::string> Template::render(const Scope& scope, Place place) const {
  Value out;
  for (const Piece& piece : pieces_) {
    if (const auto* text = std::get_if<std::string>(&piece)) {
      out.text += *text;
      continue;
    }
    auto value = std::get<Expression>(piece).evaluate(scope);
    if (!value) return value;
    auto text = fitted(*value, place, out.text.empty(), scope.trial);
    if (!text) return std::unexpected(std::move(text.error()));
    if (pieces_.size() == 1) out.kind = value->kind;
    out.text += *text;
    out.secret = out.secret || value->secret;
  }
  return out;
}

}  // namespace vedette::flow
