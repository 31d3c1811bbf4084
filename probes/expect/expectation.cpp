// SPDX-License-Identifier: Apache-2.0
#include "probes/expect/expectation.h"

#include <algorithm>

#include <fmt/format.h>

#include "probes/ascii.h"
#include "probes/expect/json_document.h"
#include "probes/expect/quote.h"
#include "probes/overloaded.h"

namespace vedette::expect {
namespace {

Finding finding(bool holds) {
  return holds ? Finding::holds : Finding::does_not;
}

Finding opposite(Finding found) {
  if (found == Finding::undecided) return found;
  return finding(found == Finding::does_not);
}

Finding find(const Condition& condition, const Text& text) {
  return std::visit(
      Overloaded{[&](const TextMatcher& matcher) { return matcher.find(text); },
                 [&](const Length& length) {
                   return finding(length.comparison.holds(static_cast<double>(text.length)));
                 },
                 [](const auto&) { return Finding::holds; }},
      condition);
}

Finding find(const Condition& condition, double number) {
  return std::visit(
      Overloaded{[&](const Comparison& comparison) { return finding(comparison.holds(number)); },
                 [&](const NumberSet& set) { return finding(set.holds(number)); },
                 [](const auto&) { return Finding::does_not; }},
      condition);
}

Finding find(const Condition& condition, TextSet set) {
  const auto* wanted = std::get_if<SetCondition>(&condition);
  return finding(wanted != nullptr && wanted->holds(set));
}

Finding find(const Condition& condition, bool flag) {
  const auto* wanted = std::get_if<Flag>(&condition);
  return finding(wanted != nullptr && wanted->wanted == flag);
}

using Selected = std::expected<std::vector<const boost::json::value*>, std::string>;

// The error is the rest of a sentence about the document.
Selected select(const AtPath& at, const JsonDocument& document) {
  const auto* root = document.root();
  if (root == nullptr) return std::unexpected(document.trouble());
  return at.path.select(*root);
}

// Sees to the negation itself: of several values each must meet it.
Finding find(const Condition& condition, const JsonDocument& document, bool negated) {
  const auto* at = std::get_if<AtPath>(&condition);
  if (at == nullptr) return Finding::does_not;
  const auto values = select(*at, document);
  if (!values) return document.cut() ? Finding::undecided : Finding::does_not;
  return finding(at->condition.holds(*values, negated));
}

std::string json_sentence(const std::string& path, const Condition& condition,
                          const JsonDocument& document, bool negated, bool ok, const Mask& mask) {
  const auto& at = std::get<AtPath>(condition);
  const auto values = select(at, document);
  if (!values) return fmt::format("the body {}, expected JSON with {}", values.error(), path);
  return fmt::format("{} {}", path, at.condition.sentence(*values, negated, ok, mask));
}

std::string_view yes_or_no(bool flag) {
  return flag ? "true" : "false";
}

Unit unit_of(Kind kind) {
  if (kind == Kind::time) return Unit::time;
  return kind == Kind::time_left ? Unit::time_left : Unit::none;
}

std::string expected_words(const Condition& condition) {
  return std::visit(
      Overloaded{[](const TextMatcher& matcher) { return matcher.condition(); },
                 [](const Length& length) { return "length " + length.comparison.expected(); },
                 [](const Present&) { return std::string("present"); },
                 [](const SetCondition& set) { return set.condition(); },
                 [](const Flag& flag) { return std::string(yes_or_no(flag.wanted)); },
                 [](const AtPath& at) { return at.condition.condition(); },
                 [](const auto& numbers) { return numbers.expected(); }},
      condition);
}

// The end of the sentence about what was not met: ", expected 200".
std::string instead(const Condition& condition, bool negated) {
  return std::visit(
      Overloaded{
          [&](const Present&) -> std::string {
            return negated ? ", expected none" : ", expected it to be there";
          },
          [&](const Length& length) {
            return fmt::format(", expected {}{}", negated ? "not " : "",
                               length.comparison.expected());
          },
          [&](const Comparison& comparison) {
            return fmt::format(", expected {}{}", negated ? "not " : "", comparison.expected());
          },
          [&](const NumberSet& set) {
            return fmt::format(", expected {}{}", negated ? "anything but " : "", set.expected());
          },
          [&](const SetCondition& set) { return set.instead(negated); },
          [&](const Flag& flag) {
            return fmt::format(", expected {}", yes_or_no(flag.wanted != negated));
          },
          [](const AtPath&) -> std::string { return ", expected JSON"; },
          // Only of a text that is missing; TextMatcher speaks for the others.
          [](const TextMatcher& matcher) { return ", expected " + matcher.wanted(); }},
      condition);
}

std::string number_saw(const Subject& subject, double value) {
  const std::string words = measured(value, unit_of(subject.kind));
  if (subject.kind != Kind::time_left) return fmt::format("{} was {}", subject.words, words);
  return value < 0 ? fmt::format("{} expired {} ago", subject.words, words)
                   : fmt::format("{} expires in {}", subject.words, words);
}

// Of several texts of one name, the one that decided, or the first.
const std::string* pick(NamedTexts texts, std::string_view name, const Condition& condition) {
  const std::string* first = nullptr;
  for (const auto& [key, text] : texts) {
    if (!same_without_case(key, name)) continue;
    if (find(condition, Text(text)) == Finding::holds) return &text;
    if (first == nullptr) first = &text;
  }
  return first;
}

std::string text_sentence(const std::string& subject, const Condition& condition, const Text& text,
                          const Mask& mask) {
  if (const auto* matcher = std::get_if<TextMatcher>(&condition)) {
    return subject + " " + matcher->saw(text, mask);
  }
  if (std::holds_alternative<Length>(condition)) {
    return fmt::format("{} had {}", subject,
                       measured(static_cast<double>(text.length), Unit::bytes));
  }
  return fmt::format("{} was {}", subject, quote(text.kept, mask));
}

}  // namespace

Expectation::Expectation(std::span<const Subject> subjects, std::size_t index, std::string name,
                         bool negated, Condition condition)
    : subject_(&subjects[index]),
      name_(std::move(name)),
      condition_(std::move(condition)),
      index_(static_cast<std::uint8_t>(index)),
      negated_(negated) {}

Finding Expectation::raw(const Observed& observed) const {
  const Value& value = observed[index_];
  if (const auto* text = std::get_if<Text>(&value)) return find(condition_, *text);
  if (const auto* number = std::get_if<double>(&value)) return find(condition_, *number);
  if (const auto* texts = std::get_if<NamedTexts>(&value)) {
    const std::string* text = pick(*texts, name_, condition_);
    return text == nullptr ? Finding::does_not : find(condition_, Text(*text));
  }
  if (const auto* set = std::get_if<TextSet>(&value)) return find(condition_, *set);
  if (const auto* flag = std::get_if<bool>(&value)) return find(condition_, *flag);
  return Finding::does_not;
}

Finding Expectation::check(const Observed& observed) const {
  // What was not seen at all fulfils no expectation, not even a negated one.
  if (std::holds_alternative<std::monostate>(observed[index_])) return Finding::does_not;
  if (const auto* document = std::get_if<const JsonDocument*>(&observed[index_]))
    return find(condition_, **document, negated_);
  const Finding found = raw(observed);
  return negated_ ? opposite(found) : found;
}

std::string Expectation::subject_words() const {
  return name_.empty() ? std::string(subject_->words)
                       : fmt::format("{} {}", subject_->words, name_);
}

std::string Expectation::condition_words() const {
  return negated_ ? "not " + expected_words(condition_) : expected_words(condition_);
}

std::string Expectation::sentence(const Observed& observed, bool ok, const Mask& mask) const {
  const Value& value = observed[index_];
  const std::string wanted = ok ? std::string() : instead(condition_, negated_);
  return std::visit(
      Overloaded{[&](std::monostate) {
                   return subject_->missing.empty() ? subject_words() + " was not seen" + wanted
                                                    : std::string(subject_->missing);
                 },
                 [&](double number) { return number_saw(*subject_, number) + wanted; },
                 [&](bool flag) {
                   return fmt::format("{} was {}{}", subject_->words, yes_or_no(flag), wanted);
                 },
                 [&](TextSet set) {
                   return fmt::format("{} {}{}", subject_->words,
                                      std::get<SetCondition>(condition_).saw(set, mask), wanted);
                 },
                 [&](NamedTexts texts) {
                   const std::string* named = pick(texts, name_, condition_);
                   return named == nullptr ? subject_words() + " was missing" + wanted
                                           : text_words(Text(*named), ok, mask);
                 },
                 [&](const JsonDocument* document) {
                   return json_sentence(name_, condition_, *document, negated_, ok, mask);
                 },
                 [&](const Text& text) { return text_words(text, ok, mask); }},
      value);
}

std::string Expectation::text_words(const Text& text, bool ok, const Mask& mask) const {
  std::string out = text_sentence(subject_words(), condition_, text, mask);
  if (ok) return out;
  const auto* matcher = std::get_if<TextMatcher>(&condition_);
  return out + (matcher != nullptr ? matcher->instead(text, negated_, mask)
                                   : instead(condition_, negated_));
}

Observation Expectation::observe(const Observed& observed, Finding finding,
                                 const Mask& mask) const {
  const bool ok = finding == Finding::holds;
  std::string label(subject_->key);
  if (!name_.empty()) label.append(" ").append(name_);
  label.append(": ").append(condition_words());
  return {std::move(label), sentence(observed, ok, mask), ok};
}

bool all_hold(std::span<const Expectation> expectations, const Observed& observed) {
  return std::ranges::all_of(expectations, [&](const Expectation& expectation) {
    return expectation.check(observed) == Finding::holds;
  });
}

std::optional<Unmet> evaluate(std::span<const Expectation> expectations, const Observed& observed,
                              const Mask& mask, std::vector<Observation>& evidence) {
  std::optional<Unmet> first;
  for (const Expectation& expectation : expectations) {
    const Finding finding = expectation.check(observed);
    evidence.push_back(expectation.observe(observed, finding, mask));
    if (finding != Finding::holds && !first) {
      first = Unmet{evidence.back().saw, finding == Finding::undecided, expectation.subject()};
    }
  }
  return first;
}

}  // namespace vedette::expect
