// SPDX-License-Identifier: Apache-2.0
// Conditions on a text: equals, contains, matches a regular expression.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>

#include "probes/expect/observed.h"
#include "probes/pattern.h"
#include "probes/transcript.h"

namespace vedette::expect {

// `undecided`: what was kept of the text does not tell.
enum class Finding : std::uint8_t { holds, does_not, undecided };

class TextMatcher {
 public:
  static TextMatcher equals(std::string operand);
  static TextMatcher contains(std::string operand);
  // RE2 syntax, found anywhere in the text; linear in time, bounded in memory. The error is one
  // sentence.
  static std::expected<TextMatcher, std::string> matches(std::string pattern);

  Finding find(const Text& text) const;

  // The condition alone: `contains "Sign in"`.
  std::string condition() const;
  // A text that fulfils it: `one that contains "Sign in"`.
  std::string wanted() const;
  // What was seen, as the rest of a sentence that began with the subject: `did not contain "x"`.
  std::string saw(const Text& text, const Mask& mask) const;
  // What was expected instead, and a look at the text, as the end of that sentence.
  std::string instead(const Text& text, bool negated, const Mask& mask) const;

 private:
  enum class Op : std::uint8_t { equals, contains, matches };

  TextMatcher(Op op, std::string operand) : operand_(std::move(operand)), op_(op) {}
  std::string quoted_operand() const;

  std::string operand_;
  std::optional<Pattern> pattern_;  // of matches
  Op op_;
};

}  // namespace vedette::expect
