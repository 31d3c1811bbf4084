// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/capture.h"

#include <optional>
#include <set>

#include <fmt/format.h>

#include "probes/ascii.h"
#include "probes/expect/json_document.h"
#include "probes/flow/names.h"
#include "probes/overloaded.h"

namespace vedette::flow {
namespace {

using config::Node;
using config::Problems;

std::optional<std::string> find_header(const Answer& answer, std::string_view name) {
  for (const auto& [key, value] : answer.headers) {
    if (same_without_case(key, name)) return value;
  }
  return std::nullopt;
}

// The newest of its name: "sid=abc; Path=/" (RFC 6265).
std::optional<std::string> find_cookie(const Answer& answer, std::string_view name) {
  std::optional<std::string> found;
  for (const auto& [key, value] : answer.headers) {
    if (!same_without_case(key, "Set-Cookie") || !value.starts_with(name)) continue;
    const auto rest = std::string_view(value).substr(name.size());
    if (rest.starts_with('=')) found = std::string(rest.substr(1, rest.find(';') - 1));
  }
  return found;
}

std::optional<Value> find_fact(const Result& result, std::string_view name) {
  for (const auto& fact : result.facts) {
    if (fact.name != name) continue;
    return std::visit(Overloaded{[](const std::string& text) { return value_of_text(text); },
                                 [](bool flag) {
                                   return Value{flag ? "true" : "false", Value::Kind::boolean};
                                 },
                                 [](const std::vector<std::string>& texts) {
                                   return texts.empty() ? Value{} : value_of_text(texts.front());
                                 },
                                 [](const auto& number) {
                                   return Value{fmt::format("{}", number), Value::Kind::number};
                                 }},
                      fact.value);
  }
  return std::nullopt;
}

std::optional<Value> select(const jsonpath::Path& path, const expect::JsonDocument& document) {
  const auto* root = document.root();
  if (root == nullptr) return std::nullopt;
  const auto values = path.select(*root);
  if (!values || values->empty()) return std::nullopt;
  return value_of(*values->front());
}

std::optional<Value> as_value(std::optional<std::string> text) {
  if (!text) return std::nullopt;
  return value_of_text(*text);
}

// Reads the one source that a capture names.
void read_source(config::Section& section, Capture& capture, Problems& problems) {
  int sources = 0;
  const auto read = [&](std::string_view key, auto make) {
    const Node* node = section.find(key);
    const auto text = node == nullptr ? std::nullopt : config::read_text(*node, problems);
    if (!text) return;
    ++sources;
    capture.source = fmt::format("{} {}", key, *text);
    make(*node, *text);
  };
  const auto compiled = [&](const Node& node, auto parsed) {
    if (parsed)
      capture.from = *std::move(parsed);
    else
      problems.add(node.place, parsed.error());
  };
  read("json", [&](const Node& node, const std::string& text) {
    compiled(node, jsonpath::Path::parse(text));
    capture.source = text;
  });
  read("body",
       [&](const Node& node, const std::string& text) { compiled(node, Pattern::compile(text)); });
  read("header",
       [&](const Node&, const std::string& text) { capture.from = Capture::Header{text}; });
  read("cookie",
       [&](const Node&, const std::string& text) { capture.from = Capture::Cookie{text}; });
  read("fact", [&](const Node&, const std::string& text) { capture.from = Capture::Fact{text}; });
  if (sources == 1) return;
  problems.add(section.place(),
               "a capture has one source: json (a JSONPath), body (a regular expression), header, "
               "cookie or fact");
}

Capture read_capture(const Node::Entry& entry, Problems& problems) {
  Capture capture{.name = entry.key, .from = Capture::Fact{}, .source = {}};
  check_name(entry.key, entry.place, problems);
  if (entry.value.kind == Node::Kind::scalar) {
    capture.source = entry.value.scalar;
    auto path = jsonpath::Path::parse(entry.value.scalar);
    if (path)
      capture.from = *std::move(path);
    else
      problems.add(entry.value.place, path.error());
    return capture;
  }
  config::Section section(entry.value, fmt::format("the capture \"{}\"", entry.key), problems);
  if (entry.value.kind == Node::Kind::map) read_source(section, capture, problems);
  capture.secret = section.boolean("secret", false);
  capture.optional = section.boolean("optional", false);
  section.finish();
  return capture;
}

}  // namespace

std::vector<Capture> read_captures(config::Section& section) {
  std::vector<Capture> out;
  const Node* node = section.find("capture");
  if (node == nullptr) return out;
  config::Section map(*node, "capture", section.problems());  // complains about other kinds
  for (const Node::Entry& entry : node->entries)
    out.push_back(read_capture(entry, section.problems()));
  return out;
}

Taken take(const std::vector<Capture>& captures, const Result& result) {
  static const Answer nothing;
  const Answer& answer = result.answer ? *result.answer : nothing;
  const expect::JsonDocument document(
      expect::Text(answer.body, answer.body.size() + (answer.body_cut ? 1 : 0)));
  Taken out;
  for (const Capture& capture : captures) {
    auto value = std::visit(
        Overloaded{[&](const jsonpath::Path& path) { return select(path, document); },
                   [&](const Pattern& pattern) { return as_value(pattern.take(answer.body)); },
                   [&](const Capture::Header& header) {
                     return as_value(find_header(answer, header.name));
                   },
                   [&](const Capture::Cookie& cookie) {
                     return as_value(find_cookie(answer, cookie.name));
                   },
                   [&](const Capture::Fact& fact) { return find_fact(result, fact.name); }},
        capture.from);
    if (value) {
      value->secret = capture.secret;
      out.values.insert_or_assign(capture.name, *std::move(value));
    } else if (!capture.optional && out.missing.empty()) {
      out.missing = fmt::format("{} was missing, needed for ${{{}}}", capture.source, capture.name);
    }
  }
  return out;
}

}  // namespace vedette::flow
