// SPDX-License-Identifier: Apache-2.0
#include "probes/expect/json_condition.h"

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <variant>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <fmt/format.h>

#include "probes/expect/comparison.h"
#include "probes/expect/json_document.h"
#include "probes/expect/quote.h"
#include "probes/json_number.h"
#include "probes/jsonpath/compare.h"
#include "probes/jsonpath/json_text.h"
#include "probes/overloaded.h"

namespace vedette::expect {
namespace {

namespace json = boost::json;
using config::Node;
using config::Section;
using Values = std::span<const json::value* const>;

constexpr std::array<std::pair<std::string_view, Order>, 4> orders{{
    {"less_than", Order::less_than},
    {"at_most", Order::at_most},
    {"greater_than", Order::greater_than},
    {"at_least", Order::at_least},
}};

struct OneOf {
  std::vector<json::value> values;
};
struct Contains {  // a text within a text, or a member of a list
  TextMatcher text;
  json::value member;
};
struct LengthOf {  // of a text in bytes, of a list or a map in members
  Comparison comparison;
};
struct Count {  // of the values themselves
  Comparison comparison;
};
struct IsPresent {};

using Kinds = std::variant<OneOf, Contains, TextMatcher, Comparison, LengthOf, Count, IsPresent>;

std::string_view view(const json::string& text) {
  return {text.data(), text.size()};
}

bool equal(const json::value& a, const json::value& b) {
  std::size_t work = 0;
  return jsonpath::equal(a, b, work);
}

bool matches(const TextMatcher& matcher, const json::value& value) {
  return value.is_string() && matcher.find(Text(view(value.get_string()))) == Finding::holds;
}

std::optional<double> length(const json::value& value) {
  if (const auto* text = value.if_string()) return static_cast<double>(text->size());
  if (const auto* list = value.if_array()) return static_cast<double>(list->size());
  if (const auto* map = value.if_object()) return static_cast<double>(map->size());
  return std::nullopt;
}

// Of one value. Nothing: it is of a kind of which the condition does not speak.
std::optional<bool> meets(const Kinds& kinds, const json::value& value) {
  return std::visit(
      Overloaded{[&](const OneOf& wanted) -> std::optional<bool> {
                   return std::ranges::any_of(
                       wanted.values, [&](const json::value& one) { return equal(one, value); });
                 },
                 [&](const Contains& wanted) -> std::optional<bool> {
                   if (value.is_string()) return matches(wanted.text, value);
                   const auto* list = value.if_array();
                   if (list == nullptr) return std::nullopt;
                   return std::ranges::any_of(
                       *list, [&](const json::value& one) { return equal(one, wanted.member); });
                 },
                 [&](const TextMatcher& wanted) -> std::optional<bool> {
                   if (!value.is_string()) return std::nullopt;
                   return matches(wanted, value);
                 },
                 [&](const Comparison& wanted) -> std::optional<bool> {
                   if (!value.is_number()) return std::nullopt;
                   return wanted.holds(value.to_number<double>());
                 },
                 [&](const LengthOf& wanted) -> std::optional<bool> {
                   const auto size = length(value);
                   if (!size) return std::nullopt;
                   return wanted.comparison.holds(*size);
                 },
                 [](const auto&) -> std::optional<bool> { return true; }},
      kinds);
}

std::string text_of(const json::value& value) {
  std::string text;
  jsonpath::append_json(text, value);
  return text;
}

std::string shown(const json::value& value, const Mask& mask) {
  constexpr std::size_t most = 80;
  if (const auto* text = value.if_string()) return quote(view(*text), mask, most);
  return excerpt(text_of(value), mask, most);
}

std::string shown(Values values, const Mask& mask) {
  constexpr std::size_t most = 5;
  std::string out;
  for (const json::value* value : values.first(std::min(values.size(), most))) {
    if (!out.empty()) out += ", ";
    out += shown(*value, mask);
  }
  if (values.size() > most) out += fmt::format(" and {} more", values.size() - most);
  return out;
}

std::string words(const OneOf& wanted) {
  const Mask nothing;
  std::string out;
  for (std::size_t i = 0; i < wanted.values.size(); ++i) {
    if (i > 0) out += i + 1 == wanted.values.size() ? " or " : ", ";
    out += shown(wanted.values[i], nothing);
  }
  return out;
}

std::string words(const Kinds& kinds) {
  return std::visit(
      Overloaded{[](const OneOf& wanted) { return words(wanted); },
                 [](const Contains& wanted) { return wanted.text.condition(); },
                 [](const TextMatcher& wanted) { return wanted.condition(); },
                 [](const Comparison& wanted) { return wanted.expected(); },
                 [](const LengthOf& wanted) { return "length " + wanted.comparison.expected(); },
                 [](const Count& wanted) { return "count " + wanted.comparison.expected(); },
                 [](const IsPresent&) { return std::string("present"); }},
      kinds);
}

bool is_quoted_or_plain_text(const Node& node) {
  const std::string& text = node.scalar;
  return node.quoted || !(text == "true" || text == "false" || is_json_number(text));
}

json::value scalar_value(const Node& node) {
  if (is_quoted_or_plain_text(node)) return json::string(node.scalar);
  boost::system::error_code error;
  auto value = json::parse(node.scalar, error);
  return error ? json::value(json::string(node.scalar)) : value;
}

}  // namespace

struct JsonCondition::Operation {
  Kinds kinds;
};

json::value json_value(const Node& node) {
  switch (node.kind) {
    case Node::Kind::null:
      return nullptr;
    case Node::Kind::scalar:
      return scalar_value(node);
    case Node::Kind::list: {
      json::array list;
      for (const Node& item : node.items) list.push_back(json_value(item));
      return list;
    }
    case Node::Kind::map: {
      json::object map;
      for (const Node::Entry& entry : node.entries) map.emplace(entry.key, json_value(entry.value));
      return map;
    }
  }
  return nullptr;
}

namespace {

// Collects what one matcher states.
class Reader {
 public:
  using Add = std::function<void(bool negated, Kinds kinds)>;

  Reader(std::string what, config::Problems& problems, Add add)
      : what_(std::move(what)), problems_(problems), add_(std::move(add)) {}

  void read(const Node& node, bool negated) {
    if (node.kind == Node::Kind::null) return add_(negated, OneOf{{nullptr}});
    if (node.kind == Node::Kind::scalar) return add_(negated, OneOf{{json_value(node)}});
    if (node.kind == Node::Kind::list) {
      problems_.add(node.place, fmt::format("{}: write {{one_of: [...]}}, or {{equals: [...]}} "
                                            "for a list",
                                            what_));
      return;
    }
    if (node.entries.empty()) problems_.add(node.place, fmt::format("{} expects nothing", what_));
    Section matcher(node, what_, problems_);
    read_equality(matcher, negated);
    read_text(matcher, negated);
    read_numbers(matcher, negated);
    if (matcher.find("present") != nullptr)
      add_(negated == matcher.boolean("present", true), IsPresent{});
    if (const Node* inner = matcher.find("not")) read(*inner, !negated);
    matcher.finish();
  }

 private:
  void read_equality(Section& matcher, bool negated) {
    // A null is a value here, which Section::find takes for nothing.
    if (const Node* equals = matcher.node().find("equals")) {
      matcher.find("equals");
      add_(negated, OneOf{{json_value(*equals)}});
    }
    const Node* choices = matcher.find("one_of");
    if (choices == nullptr) return;
    if (choices->kind != Node::Kind::list || choices->items.empty()) {
      problems_.add(choices->place, "\"one_of\" must be a list of values");
      return;
    }
    OneOf wanted;
    for (const Node& item : choices->items) wanted.values.push_back(json_value(item));
    add_(negated, std::move(wanted));
  }

  void read_text(Section& matcher, bool negated) {
    if (const Node* contains = matcher.find("contains")) {
      if (auto text = config::read_text(*contains, problems_))
        add_(negated, Contains{TextMatcher::contains(*text), json_value(*contains)});
    }
    const Node* pattern = matcher.find("matches");
    const auto text = pattern == nullptr ? std::nullopt : config::read_text(*pattern, problems_);
    if (!text) return;
    auto compiled = TextMatcher::matches(*text);
    if (compiled)
      add_(negated, *std::move(compiled));
    else
      problems_.add(pattern->place, compiled.error());
  }

  void read_numbers(Section& matcher, bool negated) {
    for (const auto& comparison : comparisons(matcher)) add_(negated, comparison);
    for (const auto& comparison : counted(matcher, "length")) add_(negated, LengthOf{comparison});
    for (const auto& comparison : counted(matcher, "count")) add_(negated, Count{comparison});
  }

  std::vector<Comparison> comparisons(Section& matcher) {
    std::vector<Comparison> found;
    for (const auto& [key, order] : orders) {
      const Node* bound = matcher.find(key);
      const auto number = bound == nullptr ? std::nullopt : config::read_number(*bound, problems_);
      if (number) found.emplace_back(order, *number, Unit::none);
    }
    return found;
  }

  // `length: 3` or `length: {at_least: 1}`.
  std::vector<Comparison> counted(Section& matcher, std::string_view key) {
    const Node* node = matcher.find(key);
    if (node == nullptr) return {};
    if (node->kind == Node::Kind::scalar) {
      const auto number = config::read_integer(*node, problems_, 0, std::int64_t{1} << 40);
      if (!number) return {};
      return {{Order::equals, static_cast<double>(*number), Unit::none}};
    }
    Section bounds(*node, std::string(key), problems_);
    auto found = comparisons(bounds);
    if (found.empty()) problems_.add(node->place, fmt::format("\"{}\" expects nothing", key));
    bounds.finish();
    return found;
  }

  std::string what_;
  config::Problems& problems_;
  Add add_;
};

}  // namespace

std::vector<JsonCondition::Stated> JsonCondition::parse(const Node& node, const std::string& what,
                                                        config::Problems& problems) {
  std::vector<Stated> out;
  const auto add = [&](bool negated, Kinds kinds) {
    out.push_back({negated, JsonCondition(std::make_shared<const Operation>(std::move(kinds)))});
  };
  Reader(what, problems, add).read(node, false);
  return out;
}

bool JsonCondition::holds(Values values, bool negated) const {
  const Kinds& kinds = operation_->kinds;
  if (std::holds_alternative<IsPresent>(kinds)) return values.empty() == negated;
  if (const auto* count = std::get_if<Count>(&kinds))
    return count->comparison.holds(static_cast<double>(values.size())) != negated;
  // A value of another kind meets neither the condition nor its opposite.
  return !values.empty() && std::ranges::all_of(values, [&](const json::value* value) {
    return meets(kinds, *value) == std::optional(!negated);
  });
}

std::string JsonCondition::condition() const {
  return words(operation_->kinds);
}

std::string JsonCondition::sentence(Values values, bool negated, bool ok, const Mask& mask) const {
  const Kinds& kinds = operation_->kinds;
  std::string saw = values.empty() ? "was missing" : "was " + shown(values, mask);
  if (std::holds_alternative<Count>(kinds)) saw = fmt::format("was there {} times", values.size());
  if (const auto* wanted = std::get_if<LengthOf>(&kinds); wanted && values.size() == 1) {
    if (const auto size = length(*values.front())) saw = fmt::format("had length {}", *size);
  }
  if (ok) return saw;
  if (std::holds_alternative<IsPresent>(kinds))
    return saw + (negated ? ", expected it to be missing" : ", expected it to be there");
  const bool speaks_of_text =
      std::holds_alternative<Contains>(kinds) || std::holds_alternative<TextMatcher>(kinds);
  return fmt::format("{}, expected {}{}{}", saw, negated ? "not " : "",
                     speaks_of_text ? "one that " : "", words(kinds));
}

}  // namespace vedette::expect
