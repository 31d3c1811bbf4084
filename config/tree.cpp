// SPDX-License-Identifier: Apache-2.0
#include "config/tree.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

namespace vedette::config {
namespace {

using Entries = std::vector<Node::Entry>;

std::string given_twice(std::string_view key, const Place& first) {
  return fmt::format("the key {} is given twice; first at {}", quote(key), first.text());
}

bool charge(const Node& node, Budget& budget) {
  if (!budget.take(node.scalar.size())) return false;
  return std::ranges::all_of(node.items, [&](const Node& item) { return charge(item, budget); }) &&
         std::ranges::all_of(node.entries, [&](const Node::Entry& entry) {
           return budget.take(entry.key.size()) && charge(entry.value, budget);
         });
}

// Small maps are compared pair by pair: hashing would cost more than it saves.
bool has_duplicates(const Entries& entries) {
  if (entries.size() > 16) return true;
  for (auto entry = entries.begin(); entry != entries.end(); ++entry) {
    const auto same_key = [&](const Node::Entry& other) { return other.key == entry->key; };
    if (std::any_of(entries.begin(), entry, same_key)) return true;
  }
  return false;
}

// One key in all the maps that are merged.
struct Group {
  struct Value {
    Place place;  // of the key
    Node node;
  };
  std::string key;
  std::vector<Value> values;
};

bool all_are(const Group& group, Node::Kind kind) {
  return std::ranges::all_of(group.values,
                             [&](const auto& value) { return value.node.kind == kind; });
}

std::vector<Node> nodes_of(Group& group) {
  std::vector<Node> nodes;
  nodes.reserve(group.values.size());
  for (auto& value : group.values) nodes.push_back(std::move(value.node));
  return nodes;
}

Node join_lists(std::vector<Node> lists) {
  Node joined = std::move(lists.front());
  for (auto list = lists.begin() + 1; list != lists.end(); ++list) {
    std::ranges::move(list->items, std::back_inserter(joined.items));
  }
  return joined;
}

// In the order in which the keys first come.
std::vector<Group> group_by_key(std::vector<Node> maps) {
  std::vector<Group> groups;
  std::unordered_map<std::string, std::size_t> index;
  for (auto& map : maps) {
    for (auto& entry : map.entries) {
      const auto [found, is_new] = index.try_emplace(entry.key, groups.size());
      if (is_new) groups.push_back({entry.key, {}});
      groups[found->second].values.push_back({std::move(entry.place), std::move(entry.value)});
    }
  }
  return groups;
}

// A key without a value says nothing, so it contradicts nothing.
void drop_nulls(Group& group) {
  if (all_are(group, Node::Kind::null)) {
    group.values.resize(1);
  } else {
    std::erase_if(group.values,
                  [](const auto& value) { return value.node.kind == Node::Kind::null; });
  }
}

Node merge_group(Group& group, Problems& problems) {
  if (group.values.size() == 1) return std::move(group.values.front().node);
  if (all_are(group, Node::Kind::list)) return join_lists(nodes_of(group));
  if (all_are(group, Node::Kind::map)) return merge(nodes_of(group), problems);
  for (std::size_t i = 1; i < group.values.size(); ++i) {
    problems.add(group.values[i].place, given_twice(group.key, group.values.front().place));
  }
  return std::move(group.values.front().node);
}

}  // namespace

bool Budget::take(std::size_t bytes_of_text) {
  if (nodes_ == 0 || bytes_of_text > bytes_) {
    nodes_ = 0;
    return false;
  }
  --nodes_;
  bytes_ -= bytes_of_text;
  return true;
}

std::optional<Node> copy(const Node& node, Budget& budget) {
  if (!charge(node, budget)) return std::nullopt;
  return node;
}

int height(const Node& node) {
  if (node.kind != Node::Kind::list && node.kind != Node::Kind::map) return 0;
  int highest = 0;
  for (const auto& item : node.items) highest = std::max(highest, height(item));
  for (const auto& entry : node.entries) highest = std::max(highest, height(entry.value));
  return highest + 1;
}

void drop_duplicates(Entries& entries, Problems& problems) {
  if (!has_duplicates(entries)) return;
  std::unordered_map<std::string, Place> seen;
  std::erase_if(entries, [&](const Node::Entry& entry) {
    const auto [first, is_new] = seen.try_emplace(entry.key, entry.place);
    if (!is_new) problems.add(entry.place, given_twice(entry.key, first->second));
    return !is_new;
  });
}

void apply_merge_key(Entries& entries, Problems& problems) {
  const auto merge_key = std::ranges::find(entries, "<<", &Node::Entry::key);
  Node source = std::move(merge_key->value);
  entries.erase(merge_key);
  std::vector<Node> maps;
  if (source.kind == Node::Kind::list) {
    maps = std::move(source.items);
  } else {
    maps.push_back(std::move(source));
  }
  std::unordered_set<std::string> taken;
  for (const auto& entry : entries) taken.insert(entry.key);
  for (auto& map : maps) {
    if (map.kind != Node::Kind::map) {
      problems.add(
          map.place,
          fmt::format("the merge key << takes a map or a list of maps, found {}", map.describe()));
      continue;
    }
    for (auto& entry : map.entries) {
      if (taken.insert(entry.key).second) entries.push_back(std::move(entry));
    }
  }
}

Node merge(std::vector<Node> parts, Problems& problems) {
  Node merged;
  merged.kind = Node::Kind::map;
  if (!parts.empty()) merged.place = parts.front().place;
  for (auto& group : group_by_key(std::move(parts))) {
    drop_nulls(group);
    const auto place = group.values.front().place;
    merged.entries.push_back({group.key, place, merge_group(group, problems)});
  }
  return merged;
}

}  // namespace vedette::config
