// SPDX-License-Identifier: Apache-2.0
// Answers a JSONPath query on a document, within a bound of work.
#pragma once

#include <cstddef>
#include <vector>

#include "probes/jsonpath/query.h"

namespace vedette::jsonpath {

struct TooMuch {};  // thrown inside this folder only

using Nodes = std::vector<const boost::json::value*>;

class Evaluator {
 public:
  Evaluator(const boost::json::value& root, std::size_t max_work)
      : root_(root), max_work_(max_work) {}

  // `current` is what "@" stands for. Throws TooMuch.
  Nodes select(const Query& query, const boost::json::value& current);

 private:
  using Value = boost::json::value;

  void spend(std::size_t work);
  void apply(const Segment& segment, const Value& node, Nodes& out);
  void descend(const Segment& segment, const Value& node, Nodes& out);
  void apply(const Selector& selector, const Value& node, Nodes& out);
  void apply(const Slice& slice, const boost::json::array& array, Nodes& out);
  void apply(const Filter& filter, const Value& node, Nodes& out);
  void keep(const Value& node, Nodes& out);

  bool holds(const Logical& logical, const Value& current);
  bool compare(const Comparison& comparison, const Value& current);
  bool matches(const Call& call, const Value& current);
  // Null: Nothing. `made` holds what is not part of a document.
  const Value* value_of(const Operand& operand, const Value& current, Value& made);
  const Value* value_of(const Call& call, const Value& current, Value& made);
  const Value* length_of(const Value* value, Value& made);

  const Value& root_;
  std::size_t max_work_;
  std::size_t work_ = 0;
};

}  // namespace vedette::jsonpath
