// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/text/section.h"

#include <algorithm>

#include <fmt/format.h>

#include "probes/json_number.h"

namespace vedette::flow {
namespace {

using config::Node;
using Path = std::vector<std::string>;

bool is_one_of(std::string_view key, std::initializer_list<std::string_view> keys) {
  return std::ranges::find(keys, key) != keys.end();
}

Place place_of(const Path& path, std::string_view type) {
  if (path.empty()) return Place::line;
  if (path.back() == "matches") return Place::pattern;
  if (is_one_of(path.back(), {"url", "token_url"})) return Place::url;
  if (type == "http" && path.size() == 1 && path.front() == "body") return Place::bytes;
  const bool encoded = is_one_of(path.front(), {"form", "json", "expect", "expect_degraded"});
  return encoded ? Place::encoded : Place::line;
}

bool looks_like_no_text(std::string_view text) {
  return text == "true" || text == "false" || text == "null" || is_json_number(text);
}

// A value alone keeps what it is, whether it stands in quotes or not: 100 stays a number, "100" a
// text.
void put(Node& node, Value value, bool alone, Place place) {
  node.scalar = std::move(value.text);
  if (!alone) return;
  if (value.kind == Value::Kind::null && place == Place::encoded) node.kind = Node::Kind::null;
  node.quoted = value.kind == Value::Kind::text && looks_like_no_text(node.scalar);
}

}  // namespace

Section Section::read(Node node, std::string_view type, config::Problems& problems) {
  Section out;
  out.node_ = std::make_shared<const Node>(std::move(node));
  auto spots = std::make_shared<Spots>();
  Path path;
  out.collect(*out.node_, type, path, *spots, problems);
  out.templates_ = std::move(spots);
  return out;
}

void Section::collect(const Node& node, std::string_view type, Path& path, Spots& spots,
                      config::Problems& problems) const {
  if (node.kind == Node::Kind::scalar) {
    if (!node.scalar.contains("${")) return;
    auto text = Template::parse(node.scalar);
    const Place place = place_of(path, type);
    const std::string unfit = text ? text->unfit(place) : text.error();
    if (!unfit.empty()) return problems.add(node.place, unfit);
    spots.emplace(&node, Spot{*std::move(text), place, path.empty() ? "" : path.back()});
    return;
  }
  for (const Node& item : node.items) collect(item, type, path, spots, problems);
  for (const Node::Entry& entry : node.entries) {
    if (entry.key.contains("${"))
      problems.add(entry.place, "a key cannot be filled in, only what stands behind it");
    path.push_back(entry.key);
    collect(entry.value, type, path, spots, problems);
    path.pop_back();
  }
}

void Section::for_each_name(
    const std::function<void(const std::string&, const config::Place&)>& use) const {
  for (const auto& [node, spot] : *templates_) {
    for (const std::string& name : spot.text.names()) use(name, node->place);
  }
}

bool Section::refers_to(std::string_view name) const {
  bool found = false;
  for_each_name([&](const std::string& other, const config::Place&) { found |= other == name; });
  return found;
}

std::expected<Node, std::string> Section::fill(const Scope& scope) const {
  Node copy = *node_;
  if (auto filled = fill_in(*node_, copy, scope); !filled)
    return std::unexpected(std::move(filled.error()));
  return copy;
}

std::expected<void, std::string> Section::fill_in(const Node& source, Node& copy,
                                                  const Scope& scope) const {
  if (const auto spot = templates_->find(&source); spot != templates_->end()) {
    auto value = spot->second.text.render(scope, spot->second.place);
    if (!value) return std::unexpected(fmt::format("\"{}\": {}", spot->second.key, value.error()));
    put(copy, *std::move(value), spot->second.text.is_one_value(), spot->second.place);
    return {};
  }
  for (std::size_t i = 0; i < source.items.size(); ++i) {
    if (auto filled = fill_in(source.items[i], copy.items[i], scope); !filled) return filled;
  }
  for (std::size_t i = 0; i < source.entries.size(); ++i) {
    auto filled = fill_in(source.entries[i].value, copy.entries[i].value, scope);
    if (!filled) return filled;
  }
  return {};
}

}  // namespace vedette::flow
