// SPDX-License-Identifier: Apache-2.0
#include "config/problems.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

namespace vedette::config {
namespace {

constexpr std::size_t longest_quote = 60;

// Cuts before a multi-byte character rather than through it.
std::string_view cut(std::string_view text, std::size_t length) {
  if (text.size() <= length) return text;
  while (length > 0 && (static_cast<unsigned char>(text[length]) & 0xC0U) == 0x80U) --length;
  return text.substr(0, length);
}

std::string escaped(char c) {
  switch (c) {
    case '\n':
      return "\\n";
    case '\t':
      return "\\t";
    case '"':
      return "\\\"";
    case '\\':
      return "\\\\";
    default:
      break;
  }
  const auto byte = static_cast<unsigned char>(c);
  return byte < 0x20 || byte == 0x7F ? fmt::format("\\x{:02x}", byte) : std::string(1, c);
}

}  // namespace

const std::string& FileName::text() const {
  static const std::string none;
  return name_ ? *name_ : none;
}

std::string Place::text() const {
  return line == 0 ? file.text() : fmt::format("{}:{}:{}", file.text(), line, column);
}

std::string Problem::text() const {
  return fmt::format("{}: {}", place.text(), message);
}

void Problems::add(Place place, std::string message) {
  if (full()) {
    ++dropped_;
    return;
  }
  kept_.push_back({std::move(place), std::move(message)});
}

void Problems::add(const Problems& found) {
  for (Problem& problem : found.sorted()) add(std::move(problem.place), std::move(problem.message));
  dropped_ += found.dropped_;
}

std::vector<Problem> Problems::sorted() const {
  auto problems = kept_;
  std::ranges::stable_sort(problems, {}, [](const Problem& p) {
    return std::tie(p.place.file, p.place.line, p.place.column);
  });
  return problems;
}

std::string Problems::text() const {
  std::string text;
  for (const auto& problem : sorted()) text += problem.text() + "\n";
  if (dropped_ > 0) text += fmt::format("... and {} more problems\n", dropped_);
  return text;
}

std::string quote(std::string_view text) {
  const auto shown = cut(text, longest_quote);
  std::string out = "\"";
  for (const char c : shown) out += escaped(c);
  return out + (shown.size() < text.size() ? "...\"" : "\"");
}

}  // namespace vedette::config
