// SPDX-License-Identifier: Apache-2.0
// A regular expression (RE2) that tells where it matched and what its named groups took. Linear in
// time, bounded in memory.
#pragma once

#include <cstddef>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace re2 {
class RE2;
}

namespace vedette {

// Cheap to copy.
class Pattern {
 public:
  // The error is one sentence.
  static std::expected<Pattern, std::string> compile(const std::string& pattern);

  // A pattern that matches just this text.
  static std::string literal(std::string_view text);

  struct Match {
    std::size_t end = 0;                                      // behind the match
    std::vector<std::pair<std::string, std::string>> groups;  // name and text, of those with names
  };

  // Found anywhere in the text.
  bool is_in(std::string_view text) const;
  std::optional<Match> find(std::string_view text) const;
  // What its first group took, or all that matched when it has no group.
  std::optional<std::string> take(std::string_view text) const;
  // In the order of their appearance.
  std::vector<std::string> group_names() const;

 private:
  explicit Pattern(std::shared_ptr<const re2::RE2> compiled) : compiled_(std::move(compiled)) {}

  std::shared_ptr<const re2::RE2> compiled_;
};

}  // namespace vedette
