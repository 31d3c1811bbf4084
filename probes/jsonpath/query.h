// SPDX-License-Identifier: Apache-2.0
// The parts of a parsed JSONPath query, named as in RFC 9535.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <boost/json/value.hpp>

#include "probes/pattern.h"

namespace vedette::jsonpath {

struct Logical;
using LogicalPtr = std::unique_ptr<const Logical>;

struct Name {
  std::string key;
};
struct Wildcard {};
struct Index {
  std::int64_t at;
};
struct Slice {
  std::optional<std::int64_t> start, end;
  std::int64_t step = 1;
};
struct Filter {
  LogicalPtr condition;
};
using Selector = std::variant<Name, Wildcard, Index, Slice, Filter>;

struct Segment {
  bool descendant = false;
  std::vector<Selector> selectors;
};

struct Query {
  bool absolute = true;  // from "$", else from "@"
  std::vector<Segment> segments;

  bool is_singular() const;
};

struct Call;
using CallPtr = std::unique_ptr<const Call>;

// What stands on one side of a comparison, or as an argument.
using Operand = std::variant<boost::json::value, Query, CallPtr>;

enum class Function : std::uint8_t { length, count, value, match, search };

struct Call {
  Function function;
  std::vector<Operand> arguments;
  std::optional<Pattern> pattern;  // of match and search, when it is a literal and valid
  bool literal_pattern = false;
};

enum class Comparator : std::uint8_t {
  equal,
  unequal,
  less,
  less_or_equal,
  greater,
  greater_or_equal
};

struct Comparison {
  Operand left;
  Comparator comparator;
  Operand right;
};
struct Exists {
  Query query;
};
struct Holds {  // a function whose result is true or false
  CallPtr call;
};
struct Not {
  LogicalPtr inner;
};
struct AllOf {
  std::vector<LogicalPtr> parts;
};
struct AnyOf {
  std::vector<LogicalPtr> parts;
};

struct Logical {
  std::variant<Comparison, Exists, Holds, Not, AllOf, AnyOf> node;
};

}  // namespace vedette::jsonpath
