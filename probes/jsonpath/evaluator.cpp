// SPDX-License-Identifier: Apache-2.0
#include "probes/jsonpath/evaluator.h"

#include <algorithm>

#include "probes/jsonpath/compare.h"
#include "probes/jsonpath/path.h"
#include "probes/jsonpath/regexp.h"
#include "probes/overloaded.h"

namespace vedette::jsonpath {
namespace {

namespace json = boost::json;

template <class Use>
void each_child(const json::value& node, Use use) {
  if (const auto* array = node.if_array()) {
    for (const json::value& element : *array) use(element);
  } else if (const auto* object = node.if_object()) {
    for (const auto& member : *object) use(member.value());
  }
}

std::int64_t from_end(std::int64_t index, std::int64_t size) {
  return index >= 0 ? index : size + index;
}

std::string_view view(const json::value& text) {
  return {text.get_string().data(), text.get_string().size()};
}

std::int64_t code_points(std::string_view utf8) {
  return std::ranges::count_if(utf8, [](char c) { return (c & 0xc0) != 0x80; });
}

}  // namespace

void Evaluator::spend(std::size_t work) {
  work_ += work;
  if (work_ > max_work_) throw TooMuch{};
}

Nodes Evaluator::select(const Query& query, const Value& current) {
  Nodes nodes{query.absolute ? &root_ : &current};
  for (const Segment& segment : query.segments) {
    Nodes next;
    for (const Value* node : nodes) {
      if (segment.descendant)
        descend(segment, *node, next);
      else
        apply(segment, *node, next);
    }
    nodes = std::move(next);
  }
  return nodes;
}

void Evaluator::apply(const Segment& segment, const Value& node, Nodes& out) {
  spend(1);
  for (const Selector& selector : segment.selectors) apply(selector, node, out);
}

// A node comes before what is below it.
void Evaluator::descend(const Segment& segment, const Value& node, Nodes& out) {
  apply(segment, node, out);
  each_child(node, [&](const Value& child) { descend(segment, child, out); });
}

void Evaluator::keep(const Value& node, Nodes& out) {
  spend(1);
  out.push_back(&node);
}

void Evaluator::apply(const Selector& selector, const Value& node, Nodes& out) {
  std::visit(
      Overloaded{
          [&](const Name& name) {
            const auto* object = node.if_object();
            const Value* member = object != nullptr ? object->if_contains(name.key) : nullptr;
            if (member != nullptr) keep(*member, out);
          },
          [&](const Wildcard&) { each_child(node, [&](const Value& child) { keep(child, out); }); },
          [&](const Index& index) {
            const auto* array = node.if_array();
            if (array == nullptr) return;
            const auto size = static_cast<std::int64_t>(array->size());
            const std::int64_t at = from_end(index.at, size);
            if (at >= 0 && at < size) keep((*array)[static_cast<std::size_t>(at)], out);
          },
          [&](const Slice& slice) {
            if (const auto* array = node.if_array()) apply(slice, *array, out);
          },
          [&](const Filter& filter) { apply(filter, node, out); }},
      selector);
}

// RFC 9535, section 2.3.4.2.2.
void Evaluator::apply(const Slice& slice, const json::array& array, Nodes& out) {
  const auto size = static_cast<std::int64_t>(array.size());
  const std::int64_t step = slice.step;
  const auto at = [&](std::int64_t i) -> const Value& {
    return array[static_cast<std::size_t>(i)];
  };
  if (step > 0) {
    const auto lower = std::clamp(from_end(slice.start.value_or(0), size), std::int64_t{0}, size);
    const auto upper = std::clamp(from_end(slice.end.value_or(size), size), std::int64_t{0}, size);
    for (std::int64_t i = lower; i < upper; i += step) keep(at(i), out);
  } else if (step < 0) {
    const std::int64_t last = size - 1;
    const auto upper =
        std::clamp(from_end(slice.start.value_or(last), size), std::int64_t{-1}, last);
    const auto lower =
        slice.end ? std::clamp(from_end(*slice.end, size), std::int64_t{-1}, last) : -1;
    for (std::int64_t i = upper; i > lower; i += step) keep(at(i), out);
  }
}

void Evaluator::apply(const Filter& filter, const Value& node, Nodes& out) {
  each_child(node, [&](const Value& child) {
    spend(1);
    if (holds(*filter.condition, child)) keep(child, out);
  });
}

bool Evaluator::holds(const Logical& logical, const Value& current) {
  const auto inner = [&](const LogicalPtr& part) { return holds(*part, current); };
  return std::visit(
      Overloaded{[&](const Comparison& comparison) { return compare(comparison, current); },
                 [&](const Exists& exists) { return !select(exists.query, current).empty(); },
                 [&](const Holds& function) { return matches(*function.call, current); },
                 [&](const Not& negated) { return !inner(negated.inner); },
                 [&](const AllOf& all) { return std::ranges::all_of(all.parts, inner); },
                 [&](const AnyOf& any) { return std::ranges::any_of(any.parts, inner); }},
      logical.node);
}

bool Evaluator::compare(const Comparison& comparison, const Value& current) {
  Value made_left;
  Value made_right;
  const Value* left = value_of(comparison.left, current, made_left);
  const Value* right = value_of(comparison.right, current, made_right);
  const bool both = left != nullptr && right != nullptr;
  const auto same = [&] {
    std::size_t work = 0;
    const bool found = both ? equal(*left, *right, work) : left == right;
    spend(work);
    return found;
  };
  switch (comparison.comparator) {
    case Comparator::equal:
      return same();
    case Comparator::unequal:
      return !same();
    case Comparator::less:
      return both && less(*left, *right);
    case Comparator::less_or_equal:
      return (both && less(*left, *right)) || same();
    case Comparator::greater:
      return both && less(*right, *left);
    case Comparator::greater_or_equal:
      return (both && less(*right, *left)) || same();
  }
  return false;
}

// A pattern that cannot be used matches nothing.
bool Evaluator::matches(const Call& call, const Value& current) {
  Value made_text;
  Value made_pattern;
  const Value* text = value_of(call.arguments[0], current, made_text);
  if (text == nullptr || !text->is_string()) return false;
  spend(text->get_string().size() / 64);
  if (call.literal_pattern) return call.pattern && call.pattern->is_in(view(*text));
  const Value* pattern = value_of(call.arguments[1], current, made_pattern);
  if (pattern == nullptr || !pattern->is_string()) return false;
  spend(1000);  // compiling costs that much
  const auto compiled = compile_regexp(view(*pattern), call.function == Function::match);
  return compiled && compiled->is_in(view(*text));
}

const Evaluator::Value* Evaluator::value_of(const Operand& operand, const Value& current,
                                            Value& made) {
  return std::visit(Overloaded{[](const Value& literal) { return &literal; },
                               [&](const Query& query) -> const Value* {
                                 const Nodes nodes = select(query, current);
                                 return nodes.empty() ? nullptr : nodes.front();
                               },
                               [&](const CallPtr& call) { return value_of(*call, current, made); }},
                    operand);
}

const Evaluator::Value* Evaluator::value_of(const Call& call, const Value& current, Value& made) {
  if (call.function == Function::length) {
    Value inner;
    return length_of(value_of(call.arguments[0], current, inner), made);
  }
  const Nodes nodes = select(std::get<Query>(call.arguments[0]), current);
  if (call.function == Function::value) return nodes.size() == 1 ? nodes.front() : nullptr;
  made = static_cast<std::int64_t>(nodes.size());
  return &made;
}

const Evaluator::Value* Evaluator::length_of(const Value* value, Value& made) {
  if (value == nullptr) return nullptr;
  if (value->is_string()) {
    spend(value->get_string().size() / 64);
    made = code_points(view(*value));
  } else if (value->is_array()) {
    made = static_cast<std::int64_t>(value->get_array().size());
  } else if (value->is_object()) {
    made = static_cast<std::int64_t>(value->get_object().size());
  } else {
    return nullptr;
  }
  return &made;
}

std::expected<std::vector<const json::value*>, std::string> Path::select(
    const json::value& document) const {
  try {
    return Evaluator(document, max_work).select(*query_, document);
  } catch (const TooMuch&) {
    return std::unexpected("the JSONPath asks for too much work on this document");
  }
}

}  // namespace vedette::jsonpath
