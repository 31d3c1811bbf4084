// SPDX-License-Identifier: Apache-2.0
#include "probes/expect/set_condition.h"

#include <algorithm>

#include <fmt/format.h>

#include "probes/ascii.h"
#include "probes/expect/quote.h"
#include "probes/overloaded.h"

namespace vedette::expect {
namespace {

constexpr std::size_t most_shown = 8;

std::vector<std::string> sorted(TextSet set) {
  std::vector<std::string> out;
  out.reserve(set.size());
  for (const std::string& member : set) out.push_back(lower_case(member));
  std::ranges::sort(out);
  return out;
}

// "A", "B" and 3 more.
std::string listed(TextSet set, const Mask& mask) {
  if (set.empty()) return "empty";
  std::vector<std::string> shown;
  for (const std::string& member : set.first(std::min(set.size(), most_shown))) {
    shown.push_back(quote(member, mask));
  }
  std::string list = std::move(shown.front());
  for (std::size_t i = 1; i < shown.size(); ++i) list.append(", ").append(shown[i]);
  if (set.size() <= most_shown) return list;
  return fmt::format("{} and {} more", list, set.size() - most_shown);
}

}  // namespace

SetCondition SetCondition::equals(std::vector<std::string> members) {
  return SetCondition(Members{sorted(members)});
}
SetCondition SetCondition::contains(std::string member) {
  return SetCondition(Member{std::move(member)});
}
SetCondition SetCondition::matches(TextMatcher pattern) {
  return SetCondition(Match{std::move(pattern)});
}
SetCondition SetCondition::count(std::variant<Comparison, NumberSet> count) {
  return SetCondition(Count{std::move(count)});
}

bool SetCondition::holds(TextSet set) const {
  return std::visit(
      Overloaded{[&](const Members& wanted) { return sorted(set) == wanted.sorted; },
                 [&](const Member& wanted) {
                   return std::ranges::any_of(
                       set, [&](const auto& text) { return same_without_case(text, wanted.text); });
                 },
                 [&](const Match& wanted) {
                   return std::ranges::any_of(set, [&](const std::string& text) {
                     return wanted.pattern.find(Text(text)) == Finding::holds;
                   });
                 },
                 [&](const Count& count) {
                   const auto number = static_cast<double>(set.size());
                   return std::visit([&](const auto& wanted) { return wanted.holds(number); },
                                     count.wanted);
                 }},
      kind_);
}

std::string SetCondition::condition() const {
  const Mask nothing;
  return std::visit(
      Overloaded{[&](const Members& wanted) {
                   return fmt::format("equals {}", listed(wanted.sorted, nothing));
                 },
                 [&](const Member& wanted) { return "contains " + quote(wanted.text, nothing); },
                 [](const Match& wanted) { return wanted.pattern.condition(); },
                 [](const Count& count) {
                   return "count " +
                          std::visit([](const auto& wanted) { return wanted.expected(); },
                                     count.wanted);
                 }},
      kind_);
}

std::string SetCondition::saw(TextSet set, const Mask& mask) const {
  if (!std::holds_alternative<Count>(kind_)) return "was " + listed(set, mask);
  return set.empty() ? std::string("was empty")
                     : fmt::format("had {} ({})", set.size(), listed(set, mask));
}

std::string SetCondition::instead(bool negated) const {
  const std::string_view no = negated ? "not " : "";
  const Mask nothing;
  return std::visit(
      Overloaded{[&](const Members& wanted) {
                   return fmt::format(", expected {}{}", no, listed(wanted.sorted, nothing));
                 },
                 [&](const Member& wanted) {
                   return fmt::format(", expected {} {}", negated ? "no" : "also",
                                      quote(wanted.text, nothing));
                 },
                 [&](const Match& wanted) {
                   return fmt::format(", expected {} that {}", negated ? "none" : "one",
                                      wanted.pattern.condition());
                 },
                 [&](const Count& count) {
                   return fmt::format(
                       ", expected {}{}", no,
                       std::visit([](const auto& wanted) { return wanted.expected(); },
                                  count.wanted));
                 }},
      kind_);
}

}  // namespace vedette::expect
