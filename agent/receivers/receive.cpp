// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "agent/calendar/instant.h"
#include "agent/receivers/receiver.h"
#include "probes/ascii.h"
#include "probes/encoding.h"
#include "probes/expect/json_document.h"
#include "probes/flow/webhook_subjects.h"
#include "probes/net/digest.h"
#include "probes/overloaded.h"

namespace vedette::receivers {
namespace {

using Kind = Refusal::Kind;
using Trouble = std::optional<Refusal>;
using incident::Change;

constexpr std::size_t longest_text = 300;  // bytes
constexpr Duration ahead{300'000};         // clocks differ

Trouble untrusted(const SharedHeader& header, const Answer& call) {
  const auto matches = [&](const auto& given) {
    return same_without_case(given.first, header.name) &&
           net::equal_in_constant_time(given.second, header.value.reveal());
  };
  if (std::ranges::any_of(call.headers, matches)) return std::nullopt;
  return Refusal{Kind::untrusted, fmt::format("the header {} is missing or another", header.name)};
}

Trouble untrusted(const flow::Signature& signature, const Answer& call, Instant now) {
  const auto doubt = flow::mistrust(signature, call, now);
  if (doubt.empty()) return std::nullopt;
  return Refusal{Kind::untrusted, "the signature " + doubt};
}

Trouble irrelevant(const Receiver& receiver, const Answer& call) {
  const expect::JsonDocument document{expect::Text(call.body)};
  std::vector<Observation> ignored;
  const auto unmet =
      expect::evaluate(receiver.when, flow::observed(call, document), Mask{}, ignored);
  if (!unmet) return std::nullopt;
  return Refusal{Kind::irrelevant, unmet->sentence};
}

std::expected<flow::Values, Refusal> captured(const Receiver& receiver, const Answer& call) {
  Result result;
  result.answer = std::make_shared<const Answer>(call);
  auto taken = flow::take(receiver.captures, result);
  if (!taken.missing.empty()) return std::unexpected(Refusal{Kind::unreadable, taken.missing});
  return std::move(taken.values);
}

// A commit's message has more than one line.
std::string as_text(std::string_view rendered) {
  const auto line = printable(rendered.substr(0, rendered.find('\n')));
  return std::string(shorten(line, longest_text));
}

std::expected<std::string, Refusal> rendered(const flow::Template& text,
                                             const flow::Values& values) {
  flow::Scope scope;
  scope.find = [&values](std::string_view name) {
    const auto found = values.find(name);
    return found == values.end() ? nullptr : &found->second;
  };
  auto value = text.render(scope, flow::Place::encoded);
  if (!value) return std::unexpected(Refusal{Kind::unreadable, value.error()});
  if (value->secret) return std::unexpected(Refusal{Kind::unreadable, "the text holds a secret"});
  return value->text;
}

std::expected<Instant, Refusal> done_at(const Receiver& receiver, const flow::Values& values,
                                        Instant now) {
  if (!receiver.at) return now;
  const auto text = rendered(*receiver.at, values);
  if (!text) return std::unexpected(text.error());
  const auto at = calendar::parse_instant(*text);
  if (!at) return std::unexpected(Refusal{Kind::unreadable, "`at`: " + at.error()});
  if (*at > now + ahead) return std::unexpected(Refusal{Kind::unreadable, "`at` is in the future"});
  return *at;
}

std::expected<std::vector<std::string>, Refusal> concerned(const Receiver& receiver,
                                                           const flow::Values& values) {
  if (!receiver.by) return receiver.components;
  const auto value = rendered(receiver.by->value, values);
  if (!value) return std::unexpected(value.error());
  const auto found = receiver.by->are.find(*value);
  if (found != receiver.by->are.end()) return found->second;
  return std::unexpected(
      Refusal{Kind::irrelevant, fmt::format("no component is named for \"{}\"", as_text(*value))});
}

}  // namespace

std::expected<Change, Refusal> receive(const Receiver& receiver, const Answer& call, Instant now) {
  const auto doubt = std::visit(
      Overloaded{[&](const SharedHeader& header) { return untrusted(header, call); },
                 [&](const flow::Signature& signature) { return untrusted(signature, call, now); }},
      receiver.proof);
  if (doubt) return std::unexpected(*doubt);
  if (const auto other = irrelevant(receiver, call)) return std::unexpected(*other);
  const auto values = captured(receiver, call);
  if (!values) return std::unexpected(values.error());
  const auto components = concerned(receiver, *values);
  if (!components) return std::unexpected(components.error());
  const auto text = rendered(receiver.text, *values);
  if (!text) return std::unexpected(text.error());
  const auto at = done_at(receiver, *values, now);
  if (!at) return std::unexpected(at.error());
  Change change;
  change.at = *at;
  change.recorded = now;
  change.text = as_text(*text);
  change.author = receiver.name;
  change.is_public = receiver.is_public;
  change.components = *components;
  change.id = change_id(change);
  if (change.text.empty()) return std::unexpected(Refusal{Kind::unreadable, "the text is empty"});
  return change;
}

}  // namespace vedette::receivers
