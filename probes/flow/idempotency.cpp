// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/idempotency.h"

#include <algorithm>

#include "probes/ascii.h"

namespace vedette::flow {
namespace {

using config::Node;

bool changes_something(const Node& http) {
  if (const Node* method = http.find("method"))
    return method->scalar == "POST" || method->scalar == "PATCH";
  return http.find("body") != nullptr || http.find("form") != nullptr ||
         http.find("json") != nullptr;
}

Node scalar(const Node& like, std::string text) {
  Node node;
  node.kind = Node::Kind::scalar;
  node.quoted = true;
  node.place = like.place;
  node.scalar = std::move(text);
  return node;
}

bool has_key(const Node& map, std::string_view key) {
  return std::ranges::any_of(map.entries,
                             [&](const auto& entry) { return same_without_case(entry.key, key); });
}

Node& headers_of(Node& http) {
  const auto found = std::ranges::find(http.entries, "headers", &Node::Entry::key);
  if (found != http.entries.end()) return found->value;
  Node map;
  map.kind = Node::Kind::map;
  map.place = http.place;
  http.entries.push_back({"headers", http.place, std::move(map)});
  return http.entries.back().value;
}

}  // namespace

Node with_key(const Node& http, config::Section& step) {
  const std::string name = step.text("idempotency_key", "Idempotency-Key");
  Node out = http;
  if (name == "none" || !changes_something(http)) return out;
  Node& headers = headers_of(out);
  if (headers.kind == Node::Kind::map && !has_key(headers, name))
    headers.entries.push_back({name, http.place, scalar(http, "${step.key}")});
  return out;
}

}  // namespace vedette::flow
