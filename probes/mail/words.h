// SPDX-License-Identifier: Apache-2.0
// The words of a line, one after the other.
#pragma once

#include <algorithm>
#include <string_view>

namespace vedette::mail {

// The line outlives it.
class Words {
 public:
  explicit Words(std::string_view line, std::string_view separators = " ")
      : rest_(line), separators_(separators) {}

  // Empty at the end.
  std::string_view next() {
    rest_.remove_prefix(std::min(rest_.find_first_not_of(separators_), rest_.size()));
    const std::string_view word = rest_.substr(0, rest_.find_first_of(separators_));
    rest_.remove_prefix(word.size());
    return word;
  }

 private:
  std::string_view rest_;
  std::string_view separators_;
};

}  // namespace vedette::mail
