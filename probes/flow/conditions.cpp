// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/conditions.h"

#include <boost/json/value.hpp>
#include <fmt/format.h>

#include "probes/expect/json_condition.h"

namespace vedette::flow {
namespace {

using config::Node;
using config::Problems;
using expect::JsonCondition;

std::string what(const std::string& name) {
  return fmt::format("the condition on \"{}\"", name);
}

// For finding mistakes before there are any values.
Scope samples() {
  return {[](std::string_view) { return &Scope::sample; }, "", 0, true};
}

void check(const Section& section, Problems& problems) {
  const auto filled = section.fill(samples());
  if (!filled) return;  // arithmetic on a sample need not work
  for (const Node::Entry& entry : filled->entries)
    JsonCondition::parse(entry.value, what(entry.key), problems);
}

void judge(const std::string& name, const JsonCondition::Stated& stated, const Value* value,
           const Mask& mask, Conditions::Outcome& out) {
  const auto json = value == nullptr ? boost::json::value() : json_of(*value);
  std::vector<const boost::json::value*> values;
  if (value != nullptr) values.push_back(&json);
  const bool ok = stated.condition.holds(values, stated.negated);
  std::string sentence =
      fmt::format("{} {}", name, stated.condition.sentence(values, stated.negated, ok, mask));
  if (!ok && out.unmet.empty()) out.unmet = sentence;
  out.seen.push_back(
      {fmt::format("{}: {}{}", name, stated.negated ? "not " : "", stated.condition.condition()),
       std::move(sentence), ok});
}

}  // namespace

std::optional<Conditions> Conditions::read(config::Section& section, std::string_view key,
                                           const Names& known) {
  const Node* node = section.find(key);
  if (node == nullptr) return std::nullopt;
  Problems& problems = section.problems();
  if (node->kind != Node::Kind::map || node->entries.empty()) {
    problems.add(node->place,
                 fmt::format("\"{}\" must be a map of values and what is expected of them", key));
    return std::nullopt;
  }
  for (const Node::Entry& entry : node->entries)
    require_known(entry.key, entry.place, known, problems);
  auto conditions = Section::read(*node, "conditions", problems);
  conditions.for_each_name([&](const std::string& name, const config::Place& place) {
    require_known(name, place, known, problems);
  });
  check(conditions, problems);
  return Conditions(std::move(conditions));
}

std::expected<Conditions::Outcome, std::string> Conditions::evaluate(const Scope& scope,
                                                                     const Mask& mask) const {
  const auto filled = section_.fill(scope);
  if (!filled) return std::unexpected(filled.error());
  Outcome out;
  Problems problems;
  for (const Node::Entry& entry : filled->entries) {
    for (const auto& stated : JsonCondition::parse(entry.value, what(entry.key), problems))
      judge(entry.key, stated, scope.find(entry.key), mask, out);
  }
  if (!problems.empty()) return std::unexpected(problems.sorted().front().message);
  return out;
}

}  // namespace vedette::flow
