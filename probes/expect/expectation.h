// SPDX-License-Identifier: Apache-2.0
// One thing that must hold of a run: a subject, a condition, perhaps negated. Parsed once,
// immutable.
#pragma once

#include <span>
#include <string>
#include <variant>
#include <vector>

#include "probes/expect/comparison.h"
#include "probes/expect/json_condition.h"
#include "probes/expect/number_set.h"
#include "probes/expect/observed.h"
#include "probes/expect/set_condition.h"
#include "probes/expect/text_matcher.h"
#include "probes/jsonpath/path.h"
#include "probes/result.h"

namespace vedette::expect {

struct Length {  // of a text, in bytes
  Comparison comparison;
};
struct Present {};  // a named text
struct Flag {
  bool wanted;
};
struct AtPath {  // of a JSON document
  jsonpath::Path path;
  JsonCondition condition;
};

using Condition =
    std::variant<TextMatcher, Length, Present, Comparison, NumberSet, SetCondition, Flag, AtPath>;

class Expectation {
 public:
  // `subjects` outlives the expectation; `name` is that of a named text or a path, else empty.
  Expectation(std::span<const Subject> subjects, std::size_t index, std::string name, bool negated,
              Condition condition);

  // Of what it speaks: the index in its table.
  std::size_t subject() const { return index_; }
  // Whether it is met. `undecided` when what was kept of a text does not tell: not met either.
  Finding check(const Observed& observed) const;
  // The same in words; `finding` is what check() gave.
  Observation observe(const Observed& observed, Finding finding, const Mask& mask) const;

 private:
  Finding raw(const Observed& observed) const;
  std::string subject_words() const;
  std::string condition_words() const;
  std::string text_words(const Text& text, bool ok, const Mask& mask) const;
  std::string sentence(const Observed& observed, bool ok, const Mask& mask) const;

  const Subject* subject_;
  std::string name_;
  Condition condition_;
  std::uint8_t index_;
  bool negated_;
};

// The first expectation that was not met.
struct Unmet {
  std::string sentence;
  bool undecided = false;
  std::size_t subject = 0;  // its index
};

// Whether all are met.
bool all_hold(std::span<const Expectation> expectations, const Observed& observed);

// Checks all, appends one observation for each, and returns the first that was not met, if any.
std::optional<Unmet> evaluate(std::span<const Expectation> expectations, const Observed& observed,
                              const Mask& mask, std::vector<Observation>& evidence);

}  // namespace vedette::expect
