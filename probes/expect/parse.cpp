// SPDX-License-Identifier: Apache-2.0
#include "probes/expect/parse.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace vedette::expect {
namespace {

using config::Node;
using config::Problems;
using config::Section;

constexpr std::array<std::pair<std::string_view, Order>, 4> orders{{
    {"less_than", Order::less_than},
    {"at_most", Order::at_most},
    {"greater_than", Order::greater_than},
    {"at_least", Order::at_least},
}};

// Collects the conditions on one subject (and name). Negation is carried down to each single
// condition: `not: {contains: [a, b]}` is met when the text contains neither.
class MatcherParser {
 public:
  MatcherParser(std::span<const Subject> subjects, std::size_t index, std::string name,
                Problems& problems, std::vector<Expectation>& out)
      : subjects_(subjects),
        index_(index),
        name_(std::move(name)),
        problems_(problems),
        out_(out) {}

  void parse(const Node& node, bool negated) {
    switch (subjects_[index_].kind) {
      case Kind::text:
      case Kind::named_texts:
        return parse_text(node, negated);
      case Kind::text_set:
        return parse_text_set(node, negated);
      case Kind::json:
        return parse_json(node, negated);
      case Kind::flag:
        return parse_flag(node, negated);
      case Kind::number:
      case Kind::status:
        return parse_number(node, negated);
      case Kind::time:
        return parse_time(node, negated, Unit::time);
      case Kind::time_left:
        return parse_time(node, negated, Unit::time_left);
    }
  }

 private:
  void add(bool negated, Condition condition) {
    out_.emplace_back(subjects_, index_, name_, negated, std::move(condition));
  }

  // Of a set, it is the number of its members that is spoken of.
  template <class Number>
  void add_number(bool negated, Number number) {
    if (subjects_[index_].kind == Kind::text_set)
      add(negated, SetCondition::count(std::move(number)));
    else
      add(negated, std::move(number));
  }

  // The section of a matcher written as a map; an empty one would expect nothing without a word.
  Section section(const Node& node) {
    if (node.kind == Node::Kind::map && node.entries.empty()) {
      problems_.add(node.place, fmt::format("{} expects nothing", what()));
    }
    return {node, what(), problems_};
  }

  // A list, or one item alone. An empty list would expect nothing without a word.
  template <class Use>
  void for_each(const Node& node, Use use) {
    if (node.kind != Node::Kind::list) return use(node);
    if (node.items.empty()) problems_.add(node.place, fmt::format("{} expects nothing", what()));
    for (const Node& item : node.items) use(item);
  }

  std::string what() const {
    const std::string_view key = subjects_[index_].key;
    return name_.empty() ? fmt::format("the expectation \"{}\"", key)
                         : fmt::format("the expectation \"{}: {}\"", key, name_);
  }

  std::optional<TextMatcher> read_pattern(Section& matcher);
  void parse_text(const Node& node, bool negated);
  void parse_contains(const Node& node, bool negated);
  void parse_length(const Node& node, bool negated);
  void parse_text_set(const Node& node, bool negated);
  void parse_members(const Node& node, bool negated);
  void parse_flag(const Node& node, bool negated);
  void parse_json(const Node& node, bool negated);
  void parse_number(const Node& node, bool negated);
  void parse_set(const Node& node, bool negated);
  void parse_time(const Node& node, bool negated, Unit unit);
  void parse_not(Section& matcher, bool negated);

  std::span<const Subject> subjects_;
  std::size_t index_;
  std::string name_;
  Problems& problems_;
  std::vector<Expectation>& out_;
};

void MatcherParser::parse_not(Section& matcher, bool negated) {
  if (const Node* inner = matcher.find("not")) parse(*inner, !negated);
}

std::optional<TextMatcher> MatcherParser::read_pattern(Section& matcher) {
  const Node* node = matcher.find("matches");
  auto pattern = node == nullptr ? std::nullopt : config::read_text(*node, problems_);
  if (!pattern) return std::nullopt;
  auto compiled = TextMatcher::matches(*std::move(pattern));
  if (compiled) return *std::move(compiled);
  problems_.add(node->place, compiled.error());
  return std::nullopt;
}

void MatcherParser::parse_text(const Node& node, bool negated) {
  if (node.kind == Node::Kind::scalar) return add(negated, TextMatcher::equals(node.scalar));
  Section matcher = section(node);
  if (const Node* equals = matcher.find("equals")) {
    if (auto text = config::read_text(*equals, problems_)) {
      add(negated, TextMatcher::equals(*std::move(text)));
    }
  }
  if (const Node* contains = matcher.find("contains")) parse_contains(*contains, negated);
  if (auto pattern = read_pattern(matcher)) add(negated, *std::move(pattern));
  if (const Node* length = matcher.find("length")) parse_length(*length, negated);
  if (subjects_[index_].kind == Kind::named_texts && matcher.find("present") != nullptr) {
    add(negated == matcher.boolean("present", true), Present{});
  }
  parse_not(matcher, negated);
  matcher.finish();
}

void MatcherParser::parse_contains(const Node& node, bool negated) {
  for_each(node, [&](const Node& item) {
    auto text = config::read_text(item, problems_);
    if (!text) return;
    if (text->empty()) problems_.add(item.place, "every text contains the empty text");
    add(negated, TextMatcher::contains(*std::move(text)));
  });
}

void MatcherParser::parse_length(const Node& node, bool negated) {
  constexpr std::int64_t max = std::int64_t{1} << 40;
  if (node.kind == Node::Kind::scalar) {
    if (const auto size = config::read_size(node, problems_)) {
      add(negated, Length{{Order::equals, static_cast<double>(*size), Unit::bytes}});
    }
    return;
  }
  Section matcher = section(node);
  for (const auto& [key, order] : orders) {
    if (matcher.find(key) == nullptr) continue;
    const auto bound = static_cast<double>(matcher.size(key, 0, 0, max));
    add(negated, Length{{order, bound, Unit::bytes}});
  }
  if (const Node* inner = matcher.find("not")) parse_length(*inner, !negated);
  matcher.finish();
}

// [A, B] and A alone: these are among them.
void MatcherParser::parse_text_set(const Node& node, bool negated) {
  if (node.kind != Node::Kind::map) return parse_members(node, negated);
  Section matcher = section(node);
  if (const Node* contains = matcher.find("contains")) parse_members(*contains, negated);
  if (const Node* equals = matcher.find("equals")) {
    std::vector<std::string> members;
    const auto keep = [&](const Node& item) {
      if (auto text = config::read_text(item, problems_)) members.push_back(*std::move(text));
    };
    if (equals->kind == Node::Kind::list)
      std::ranges::for_each(equals->items, keep);
    else
      keep(*equals);
    add(negated, SetCondition::equals(std::move(members)));
  }
  if (auto pattern = read_pattern(matcher)) {
    add(negated, SetCondition::matches(*std::move(pattern)));
  }
  if (const Node* count = matcher.find("count")) parse_number(*count, negated);
  parse_not(matcher, negated);
  matcher.finish();
}

void MatcherParser::parse_members(const Node& node, bool negated) {
  for_each(node, [&](const Node& item) {
    if (auto text = config::read_text(item, problems_)) {
      add(negated, SetCondition::contains(*std::move(text)));
    }
  });
}

void MatcherParser::parse_flag(const Node& node, bool negated) {
  if (const auto wanted = config::read_bool(node, problems_)) add(negated, Flag{*wanted});
}

// The name is the path; where it stands is the place of the key, told by parse_named().
void MatcherParser::parse_json(const Node& node, bool negated) {
  const auto path = jsonpath::Path::parse(name_);
  for (auto& stated : JsonCondition::parse(node, what(), problems_)) {
    if (path) add(negated != stated.negated, AtPath{*path, std::move(stated.condition)});
  }
}

void MatcherParser::parse_number(const Node& node, bool negated) {
  if (node.kind != Node::Kind::map) return parse_set(node, negated);
  Section matcher = section(node);
  if (const Node* equals = matcher.find("equals")) parse_set(*equals, negated);
  for (const auto& [key, order] : orders) {
    const Node* bound = matcher.find(key);
    const auto number = bound == nullptr ? std::nullopt : config::read_number(*bound, problems_);
    if (number) add_number(negated, Comparison(order, *number, Unit::none));
  }
  parse_not(matcher, negated);
  matcher.finish();
}

void MatcherParser::parse_set(const Node& node, bool negated) {
  const bool is_status = subjects_[index_].kind == Kind::status;
  std::vector<NumberSet::Range> ranges;
  const auto add_one = [&](const Node& item) {
    const auto text = config::read_text(item, problems_);
    if (!text) return;
    const auto range = is_status ? parse_status_range(*text) : parse_range(*text);
    if (range)
      ranges.push_back(*range);
    else
      problems_.add(item.place, range.error());
  };
  for_each(node, add_one);
  if (!ranges.empty()) add_number(negated, NumberSet(std::move(ranges)));
}

void MatcherParser::parse_time(const Node& node, bool negated, Unit unit) {
  if (node.kind == Node::Kind::scalar) {
    problems_.add(node.place,
                  fmt::format("write a comparison: {{{}: {}}}",
                              unit == Unit::time ? "less_than" : "greater_than", node.scalar));
    return;
  }
  Section matcher = section(node);
  for (const auto& [key, order] : orders) {
    const Node* bound = matcher.find(key);
    const auto time = bound == nullptr ? std::nullopt : config::read_duration(*bound, problems_);
    if (!time) continue;
    const std::chrono::duration<double, std::micro> microseconds = *time;
    add(negated, Comparison(order, microseconds.count(), unit));
  }
  parse_not(matcher, negated);
  matcher.finish();
}

// {Name: matcher, ...}
void parse_named(const Node& node, std::span<const Subject> subjects, std::size_t index,
                 Problems& problems, std::vector<Expectation>& out) {
  const std::string_view key = subjects[index].key;
  if (node.kind != Node::Kind::map) {
    problems.add(
        node.place,
        fmt::format("\"{}\" must be a map of {} and what is expected of "
                    "them, found {}",
                    key, subjects[index].kind == Kind::json ? "paths" : "names", node.describe()));
    return;
  }
  for (const Node::Entry& entry : node.entries) {
    if (subjects[index].kind == Kind::json) {
      const auto path = jsonpath::Path::parse(entry.key);
      if (!path) problems.add(entry.place, path.error());
    }
    MatcherParser(subjects, index, entry.key, problems, out).parse(entry.value, false);
  }
}

}  // namespace

std::vector<Expectation> parse(const config::Node& node, std::string what,
                               std::span<const Subject> subjects, config::Problems& problems) {
  std::vector<Expectation> out;
  Section section(node, std::move(what), problems);
  for (std::size_t i = 0; i < subjects.size(); ++i) {
    for (const std::string_view key : {subjects[i].key, subjects[i].alias}) {
      const Node* matcher = key.empty() ? nullptr : section.find(key);
      if (matcher == nullptr) continue;
      if (subjects[i].kind == Kind::named_texts || subjects[i].kind == Kind::json) {
        parse_named(*matcher, subjects, i, problems, out);
      } else {
        MatcherParser(subjects, i, {}, problems, out).parse(*matcher, false);
      }
    }
  }
  section.finish();
  out.shrink_to_fit();
  return out;
}

}  // namespace vedette::expect
