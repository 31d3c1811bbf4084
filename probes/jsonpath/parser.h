// SPDX-License-Identifier: Apache-2.0
// Recursive descent over the grammar of RFC 9535, appendix A, with its rules for well-typed
// functions (section 2.4.3).
#pragma once

#include "probes/jsonpath/query.h"
#include "probes/jsonpath/scanner.h"

namespace vedette::jsonpath {

class Parser {
 public:
  explicit Parser(std::string_view text) : scan_(text) {}

  // The whole text as a query. Throws Mistake.
  Query parse();

 private:
  class Nesting;

  Query query();
  bool segment(Query& query);
  Segment child_or_descendant();
  std::vector<Selector> bracketed();
  Selector selector();
  Selector index_or_slice();
  Slice slice(std::optional<std::int64_t> start);

  LogicalPtr any_of();
  LogicalPtr all_of();
  LogicalPtr basic();
  LogicalPtr negated();
  LogicalPtr parenthesized();
  LogicalPtr test(Operand operand);

  Operand operand();
  CallPtr call(std::string_view name);
  std::optional<Comparator> comparator();
  void check_comparable(const Operand& operand) const;

  Scanner scan_;
  std::size_t nesting_ = 0;
};

}  // namespace vedette::jsonpath
