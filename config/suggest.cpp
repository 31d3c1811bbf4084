// SPDX-License-Identifier: Apache-2.0
#include "config/suggest.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "config/problems.h"

namespace vedette::config {
namespace {

constexpr std::size_t longest_word = 64;
constexpr std::size_t most_words = 10'000;

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
bool same(char a, char b) {
  return lower(a) == lower(b);
}

// One slip in a short word, up to three in a long one.
std::size_t allowed_mistakes(std::size_t length) {
  return std::clamp<std::size_t>(length / 3, 1, 3);
}

// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment), row by
// row.
std::size_t distance(std::string_view a, std::string_view b) {
  using Row = std::array<std::size_t, longest_word + 1>;
  Row before{}, above{}, row{};
  for (std::size_t j = 0; j <= b.size(); ++j) above[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = above[j - 1] + (same(a[i - 1], b[j - 1]) ? 0 : 1);
      row[j] = std::min({replaced, above[j] + 1, row[j - 1] + 1});
      if (i > 1 && j > 1 && same(a[i - 1], b[j - 2]) && same(a[i - 2], b[j - 1])) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before = above;
    above = row;
  }
  return above[b.size()];
}

std::size_t length_difference(std::string_view a, std::string_view b) {
  return a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
}

}  // namespace

std::string_view nearest(std::string_view word, std::span<const std::string> known) {
  if (word.empty() || word.size() > longest_word) return {};
  std::string_view best;
  std::size_t best_distance = allowed_mistakes(word.size()) + 1;
  for (const auto& candidate : known.first(std::min(known.size(), most_words))) {
    if (candidate.empty() || candidate.size() > longest_word) continue;
    if (length_difference(word, candidate) >= best_distance) continue;
    const auto found = distance(word, candidate);
    // A word of which nothing is left is no suggestion.
    if (found >= best_distance || found >= std::max(word.size(), candidate.size())) continue;
    best = candidate;
    best_distance = found;
  }
  return best;
}

std::string did_you_mean(std::string_view word, std::span<const std::string> known) {
  const auto best = nearest(word, known);
  return best.empty() ? std::string() : fmt::format("; did you mean {}?", quote(best));
}

}  // namespace vedette::config
