// SPDX-License-Identifier: Apache-2.0
#include "probes/expect/text_matcher.h"

#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/expect/quote.h"

namespace vedette::expect {
namespace {

constexpr std::size_t max_shown = 200;  // of an operand

bool contains(std::string_view text, std::string_view what) {
  return text.find(what) != text.npos;
}

}  // namespace

TextMatcher TextMatcher::equals(std::string operand) {
  return {Op::equals, std::move(operand)};
}

TextMatcher TextMatcher::contains(std::string operand) {
  return {Op::contains, std::move(operand)};
}

std::expected<TextMatcher, std::string> TextMatcher::matches(std::string pattern) {
  auto compiled = Pattern::compile(pattern);
  if (!compiled) return std::unexpected(compiled.error());
  TextMatcher matcher(Op::matches, std::move(pattern));
  matcher.pattern_ = *std::move(compiled);
  return matcher;
}

Finding TextMatcher::find(const Text& text) const {
  if (op_ == Op::equals) {
    const bool equal = text.length == operand_.size() && operand_.starts_with(text.kept);
    return !equal ? Finding::does_not : text.cut() ? Finding::undecided : Finding::holds;
  }
  const bool found =
      op_ == Op::contains ? expect::contains(text.kept, operand_) : pattern_->is_in(text.kept);
  return found ? Finding::holds : text.cut() ? Finding::undecided : Finding::does_not;
}

std::string TextMatcher::quoted_operand() const {
  const std::string_view shown = shorten(operand_, max_shown);
  const char* mark = op_ == Op::matches ? "/" : "\"";
  return fmt::format("{}{}{}{}", mark, printable(shown),
                     shown.size() < operand_.size() ? "..." : "", mark);
}

std::string TextMatcher::condition() const {
  switch (op_) {
    case Op::equals:
      return quoted_operand();
    case Op::contains:
      return "contains " + quoted_operand();
    case Op::matches:
      return "matches " + quoted_operand();
  }
  return {};
}

std::string TextMatcher::wanted() const {
  return op_ == Op::equals ? quoted_operand() : "one that " + condition();
}

std::string TextMatcher::saw(const Text& text, const Mask& mask) const {
  if (op_ == Op::equals) return "was " + quote(text.kept, mask);
  const bool contained = op_ == Op::contains;
  switch (find(text)) {
    case Finding::holds:
      return fmt::format("{} {}", contained ? "contained" : "matched", quoted_operand());
    case Finding::does_not:
      return fmt::format("did not {} {}", contained ? "contain" : "match", quoted_operand());
    case Finding::undecided:
      return fmt::format("did not {} {} in its first {} of {} bytes",
                         contained ? "contain" : "match", quoted_operand(), text.kept.size(),
                         text.length);
  }
  return {};
}

std::string TextMatcher::instead(const Text& text, bool negated, const Mask& mask) const {
  if (op_ == Op::equals) {
    return negated ? ", expected anything else" : ", expected " + quoted_operand();
  }
  if (negated) {
    return find(text) == Finding::holds ? ", expected it not to" : ", and the rest was not kept";
  }
  if (text.length == 0) return ", it was empty";
  return ", it began with " + quote(text.kept, mask);
}

}  // namespace vedette::expect
