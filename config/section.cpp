// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include <fmt/format.h>

#include "config/node.h"
#include "config/suggest.h"

namespace vedette::config {
namespace {

std::string listed(std::span<const std::string> words) {
  return fmt::format("{}", fmt::join(words, ", "));
}

}  // namespace

Section::Section(const Node& node, std::string what, Problems& problems)
    : node_(node), what_(std::move(what)), problems_(problems) {
  if (node_.kind == Node::Kind::map) return;
  problems_.add(node_.place,
                fmt::format("{} must be a map of keys, found {}", what_, node_.describe()));
}

const Node* Section::find(std::string_view key) {
  if (std::ranges::find(known_, key) == known_.end()) known_.emplace_back(key);
  const Node* node = node_.find(key);
  return node == nullptr || node->kind == Node::Kind::null ? nullptr : node;
}

const Node* Section::require(std::string_view key) {
  const Node* node = find(key);
  if (node == nullptr && node_.kind == Node::Kind::map) {
    problems_.add(place(), fmt::format("{} needs the key {}", what_, quote(key)));
  }
  return node;
}

std::string Section::text(std::string_view key, std::string fallback) {
  const Node* node = find(key);
  return node == nullptr ? fallback : read_text(*node, problems_).value_or(std::move(fallback));
}

std::string Section::required_text(std::string_view key) {
  const Node* node = require(key);
  if (node == nullptr) return {};
  auto text = read_text(*node, problems_);
  if (text && text->empty())
    problems_.add(node->place, fmt::format("{} must not be empty", quote(key)));
  return std::move(text).value_or("");
}

bool Section::boolean(std::string_view key, bool fallback) {
  const Node* node = find(key);
  return node == nullptr ? fallback : read_bool(*node, problems_).value_or(fallback);
}

std::int64_t Section::integer(std::string_view key, std::int64_t fallback, std::int64_t min,
                              std::int64_t max) {
  const Node* node = find(key);
  return node == nullptr ? fallback : read_integer(*node, problems_, min, max).value_or(fallback);
}

double Section::number(std::string_view key, double fallback) {
  const Node* node = find(key);
  return node == nullptr ? fallback : read_number(*node, problems_).value_or(fallback);
}

Duration Section::duration(std::string_view key, Duration fallback, Duration min, Duration max) {
  const Node* node = find(key);
  if (node == nullptr) return fallback;
  const auto value = read_duration(*node, problems_);
  if (!value) return fallback;
  if (*value >= min && *value <= max) return *value;
  problems_.add(node->place,
                fmt::format("{} must be from {} to {}, found {}", quote(key), format_duration(min),
                            format_duration(max), format_duration(*value)));
  return fallback;
}

std::int64_t Section::size(std::string_view key, std::int64_t fallback, std::int64_t min,
                           std::int64_t max) {
  const Node* node = find(key);
  if (node == nullptr) return fallback;
  const auto value = read_size(*node, problems_);
  if (!value) return fallback;
  if (*value >= min && *value <= max) return *value;
  problems_.add(node->place, fmt::format("{} must be from {} to {} bytes, found {}", quote(key),
                                         min, max, *value));
  return fallback;
}

std::optional<Secret> Section::secret(std::string_view key) {
  const Node* node = find(key);
  return node == nullptr ? std::nullopt : read_secret(*node, problems_);
}

std::size_t Section::choice(std::string_view key, std::size_t fallback,
                            std::initializer_list<std::string_view> choices) {
  const Node* node = find(key);
  if (node == nullptr) return fallback;
  const auto value = read_text(*node, problems_);
  if (!value) return fallback;
  const auto* found = std::ranges::find(choices, *value);
  if (found != choices.end()) return static_cast<std::size_t>(found - choices.begin());
  const std::vector<std::string> words(choices.begin(), choices.end());
  problems_.add(node->place,
                fmt::format("{} must be one of {}, found {}{}", quote(key), listed(words),
                            node->describe(), did_you_mean(*value, words)));
  return fallback;
}

std::vector<std::string> Section::texts(std::string_view key) {
  const Node* node = find(key);
  std::vector<std::string> values;
  if (node == nullptr) return values;
  if (node->kind == Node::Kind::map) {
    problems_.add(node->place,
                  fmt::format("{} must be a text or a list of texts, found a map", quote(key)));
    return values;
  }
  if (node->kind == Node::Kind::scalar) return {node->scalar};
  for (const auto& item : node->items) {
    if (auto value = read_text(item, problems_)) values.push_back(*std::move(value));
  }
  return values;
}

void Section::finish() {
  for (const auto& entry : node_.entries) {
    if (problems_.full()) return;
    if (std::ranges::find(known_, entry.key) != known_.end()) continue;
    auto hint = did_you_mean(entry.key, known_);
    if (hint.empty()) hint = fmt::format("; it knows {}", listed(known_));
    problems_.add(entry.place, fmt::format("{} has no key {}{}", what_, quote(entry.key), hint));
  }
}

}  // namespace vedette::config
