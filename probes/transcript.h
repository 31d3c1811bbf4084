// SPDX-License-Identifier: Apache-2.0
// A bounded record of a dialogue, with the secrets of the check masked before anything is kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vedette {

// Replaces secret values in text by "***". Values shorter than 4 bytes are not searched for: they would mask everything.
class Mask {
 public:
  void add(std::string secret);
  std::string apply(std::string_view text) const;
  bool empty() const { return secrets_.empty(); }

 private:
  std::vector<std::string> secrets_;  // longest first
};

class Transcript {
 public:
  static constexpr std::size_t max_bytes = 4096;
  static constexpr std::size_t max_line = 512;

  // Keeps the first lines up to the bounds; what is left out is counted. Control characters are escaped.
  void add(std::string_view line);
  const std::string& text() const { return text_; }
  std::size_t left_out() const { return left_out_; }

 private:
  std::string text_;
  std::size_t left_out_ = 0;
};

}  // namespace vedette
