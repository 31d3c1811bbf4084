// SPDX-License-Identifier: Apache-2.0
#include "agent/settings/words.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include <fmt/format.h>

namespace vedette::settings {
namespace {

constexpr std::size_t longest_name = 128;

bool is_control(char c) {
  return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
}

bool is_name(std::string_view text) {
  return text.size() <= longest_name && !text.starts_with(' ') && !text.ends_with(' ') &&
         std::ranges::none_of(text, is_control);
}

std::string checked(std::string name, std::string_view key, config::Section& section) {
  if (is_name(name)) return name;
  section.problems().add(
      section.find(key)->place,
      fmt::format("{} must be one line of at most {} bytes, without spaces at its ends",
                  config::quote(key), longest_name));
  return {};
}

std::optional<double> parse_share(std::string_view text) {
  if (!text.ends_with('%')) return std::nullopt;
  text.remove_suffix(1);
  double percent = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), percent, std::chars_format::fixed);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return percent / 100;
}

}  // namespace

const std::vector<config::Node>& items_of(config::Section& section, std::string_view key) {
  static const std::vector<config::Node> none;
  const auto* node = section.find(key);
  if (node == nullptr) return none;
  if (node->kind != config::Node::Kind::list) {
    section.problems().add(node->place, fmt::format("{} must be a list, found {}",
                                                    config::quote(key), node->describe()));
  }
  return node->items;
}

std::string read_name(config::Section& section, std::string_view key) {
  return checked(section.required_text(key), key, section);
}

std::string read_name(config::Section& section, std::string_view key, std::string fallback) {
  return section.find(key) == nullptr ? fallback : read_name(section, key);
}

double read_share(config::Section& section, std::string_view key, double fallback, double least,
                  double most) {
  const auto* node = section.find(key);
  if (node == nullptr) return fallback;
  const auto share =
      node->kind == config::Node::Kind::scalar ? parse_share(node->scalar) : std::nullopt;
  if (share && *share >= least && *share <= most) return *share;
  section.problems().add(node->place,
                         fmt::format("{} must be from {:g}% to {:g}%, found {}", config::quote(key),
                                     least * 100, most * 100, node->describe()));
  return fallback;
}

bool says_none(config::Section& section, std::string_view key) {
  const auto* node = section.find(key);
  return node != nullptr && node->kind == config::Node::Kind::scalar && node->scalar == "none";
}

void Names::add(const std::string& name, const config::Place& place, config::Problems& problems) {
  const auto [first, is_new] = places_.try_emplace(name, place);
  if (is_new) return;
  problems.add(place, fmt::format("a second {} is called {}; the first is at {}", what_,
                                  config::quote(name), first->second.text()));
}

}  // namespace vedette::settings
