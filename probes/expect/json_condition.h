// SPDX-License-Identifier: Apache-2.0
// A condition on JSON values: `{greater_than: 0}`, `"open"`, `{contains: x}`, `{count: 3}`.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <boost/json/fwd.hpp>

#include "config/node.h"
#include "probes/expect/text_matcher.h"
#include "probes/transcript.h"

namespace vedette::expect {

class JsonDocument;

// Values are compared with their types: the number 5 is not the text "5". Cheap to copy.
class JsonCondition {
 public:
  // Every condition that `node` states, with its negation carried down to it. `what` names it in
  // messages.
  struct Stated;
  static std::vector<Stated> parse(const config::Node& node, const std::string& what,
                                   config::Problems& problems);

  // Of several values each must meet it (negated: none must), and there must be one.
  bool holds(std::span<const boost::json::value* const> values, bool negated) const;
  // The condition alone: `greater than 0`, `contains "x"`.
  std::string condition() const;
  // What was seen, as the rest of a sentence that began with the subject: `was 3`, `was missing`;
  // then what was expected, unless it held.
  std::string sentence(std::span<const boost::json::value* const> values, bool negated, bool ok,
                       const Mask& mask) const;

  struct Operation;

 private:
  explicit JsonCondition(std::shared_ptr<const Operation> operation)
      : operation_(std::move(operation)) {}

  std::shared_ptr<const Operation> operation_;
};

struct JsonCondition::Stated {
  bool negated = false;
  JsonCondition condition;
};

// A plain scalar as JSON has it: true, false, null, a number; else, or when quoted, a text. Lists
// and maps likewise.
boost::json::value json_value(const config::Node& node);

}  // namespace vedette::expect
