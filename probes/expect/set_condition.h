// SPDX-License-Identifier: Apache-2.0
// Conditions on a set of texts: equals, contains, matches a regular expression, count.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "probes/expect/comparison.h"
#include "probes/expect/number_set.h"
#include "probes/expect/observed.h"
#include "probes/expect/text_matcher.h"

namespace vedette::expect {

// Members are compared without case: what servers list (capabilities, names) is written either way.
// A regular expression decides for itself.
class SetCondition {
 public:
  // The same members, in any order, each as often.
  static SetCondition equals(std::vector<std::string> members);
  static SetCondition contains(std::string member);
  // At least one member matches.
  static SetCondition matches(TextMatcher pattern);
  static SetCondition count(std::variant<Comparison, NumberSet> count);

  bool holds(TextSet set) const;
  // The condition alone: `contains "STARTTLS"`.
  std::string condition() const;
  // What was seen, as the rest of a sentence that began with the subject: `was "A", "B"`.
  std::string saw(TextSet set, const Mask& mask) const;
  // The end of that sentence: `, expected one that contains ...`.
  std::string instead(bool negated) const;

 private:
  struct Members {
    std::vector<std::string> sorted;
  };
  struct Member {
    std::string text;
  };
  struct Match {
    TextMatcher pattern;
  };
  struct Count {
    std::variant<Comparison, NumberSet> wanted;
  };
  using Kinds = std::variant<Members, Member, Match, Count>;

  explicit SetCondition(Kinds kind) : kind_(std::move(kind)) {}

  Kinds kind_;
};

}  // namespace vedette::expect
