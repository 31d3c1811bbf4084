// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/imap_text.h"

#include <algorithm>

#include <fmt/format.h>

#include "probes/mail/imap_scanner.h"

namespace vedette::mail {

std::optional<std::vector<std::uint32_t>> parse_sequence_set(std::string_view text) {
  std::vector<std::uint32_t> out;
  ImapScanner scanner(text);
  do {
    const std::uint32_t from = scanner.number32();
    const std::uint32_t to = scanner.take(':') ? scanner.number32() : from;
    const auto [low, high] = std::minmax(from, to);
    if (!scanner.ok() || low == 0 || high - low >= max_set - out.size()) return std::nullopt;
    for (std::uint32_t i = 0; i <= high - low; ++i) out.push_back(low + i);
  } while (out.size() < max_set && scanner.take(','));
  if (!scanner.done()) return std::nullopt;
  std::ranges::sort(out);
  out.erase(std::ranges::unique(out).begin(), out.end());
  return out;
}

std::string sequence_set(const std::vector<std::uint32_t>& numbers) {
  std::string out;
  for (std::size_t i = 0; i < numbers.size();) {
    std::size_t last = i;
    while (last + 1 < numbers.size() && numbers[last + 1] == numbers[last] + 1) ++last;
    if (!out.empty()) out += ',';
    out +=
        last == i ? fmt::format("{}", numbers[i]) : fmt::format("{}:{}", numbers[i], numbers[last]);
    i = last + 1;
  }
  return out;
}

bool can_be_quoted(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return c != '\r' && c != '\n' && c != '\0' && static_cast<unsigned char>(c) < 0x80;
  });
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

}  // namespace vedette::mail
