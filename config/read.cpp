// SPDX-License-Identifier: Apache-2.0
// The typed reads of single nodes.
#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <memory>

#include <fmt/format.h>

#include "config/node.h"

namespace vedette::config {
namespace {

std::nullopt_t expected(const Node& node, std::string_view what, Problems& problems) {
  const bool only_quotes = node.kind == Node::Kind::scalar && node.quoted;
  problems.add(node.place, fmt::format("expected {}, found {}{}", what, node.describe(),
                                       only_quotes ? " in quotes" : ""));
  return std::nullopt;
}

// Quoted text is text, whatever it looks like.
bool is_plain(const Node& node) {
  return node.kind == Node::Kind::scalar && !node.quoted;
}

template <class Number>
std::optional<Number> whole(std::string_view text) {
  Number value{};
  const auto* end = std::to_address(text.end());
  const auto [stop, error] = std::from_chars(std::to_address(text.begin()), end, value);
  if (error != std::errc{} || stop != end) return std::nullopt;
  return value;
}

}  // namespace

std::optional<std::string> read_text(const Node& node, Problems& problems) {
  if (node.kind != Node::Kind::scalar) return expected(node, "a text", problems);
  return node.scalar;
}

std::optional<bool> read_bool(const Node& node, Problems& problems) {
  if (is_plain(node) && node.scalar == "true") return true;
  if (is_plain(node) && node.scalar == "false") return false;
  return expected(node, "true or false", problems);
}

std::optional<std::int64_t> read_integer(const Node& node, Problems& problems, std::int64_t min,
                                         std::int64_t max) {
  const auto value = is_plain(node) ? whole<std::int64_t>(node.scalar) : std::nullopt;
  if (value && *value >= min && *value <= max) return value;
  if (max == std::numeric_limits<std::int64_t>::max()) {
    return expected(node, fmt::format("a whole number of at least {}", min), problems);
  }
  return expected(node, fmt::format("a whole number from {} to {}", min, max), problems);
}

std::optional<double> read_number(const Node& node, Problems& problems) {
  const auto value = is_plain(node) ? whole<double>(node.scalar) : std::nullopt;
  if (value && std::isfinite(*value)) return value;
  return expected(node, "a number", problems);
}

std::optional<Duration> read_duration(const Node& node, Problems& problems) {
  if (node.kind != Node::Kind::scalar) {
    return expected(node, "a duration like 30s or 1m30s", problems);
  }
  const auto duration = parse_duration(node.scalar);
  if (duration) return *duration;
  problems.add(node.place, duration.error());
  return std::nullopt;
}

std::optional<std::int64_t> read_size(const Node& node, Problems& problems) {
  constexpr std::string_view what = "a size like 512, 10KiB, 1MiB or 2GiB";
  constexpr std::array<std::pair<std::string_view, std::int64_t>, 3> units{
      {{"KiB", 1LL << 10}, {"MiB", 1LL << 20}, {"GiB", 1LL << 30}}};
  if (!is_plain(node)) return expected(node, what, problems);
  std::string_view text = node.scalar;
  std::int64_t factor = 1;
  for (const auto& [name, bytes] : units) {
    if (!text.ends_with(name)) continue;
    text.remove_suffix(name.size());
    factor = bytes;
    break;
  }
  const auto count = whole<std::int64_t>(text);
  if (!count || *count < 0 || *count > std::numeric_limits<std::int64_t>::max() / factor) {
    return expected(node, what, problems);
  }
  return *count * factor;
}

}  // namespace vedette::config
