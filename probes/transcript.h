// SPDX-License-Identifier: Apache-2.0
// A bounded record of a dialogue, with the secrets of the check masked before anything is kept.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace vedette {

// Replaces secret values in text by "***". Values shorter than 4 bytes are not searched for: they
// would mask everything. A secret that the end of the text cuts off is masked too.
class Mask {
 public:
  void add(std::string secret);
  // Adds the secret and the shapes in which servers echo it: URL-encoded, form-encoded,
  // JSON-escaped, HTML-escaped and Base64.
  void add_with_encodings(const std::string& secret);
  // All that another mask knows.
  void add(const Mask& other);
  // Mask before cutting or escaping anything: afterwards a secret cannot be recognised any more.
  std::string apply(std::string_view text) const;
  bool empty() const { return secrets_.empty(); }

 private:
  std::vector<std::string> secrets_;  // longest first
};

class Transcript {
 public:
  static constexpr std::size_t max_bytes = 4096;
  static constexpr std::size_t max_line = 512;  // bytes taken of a line, before escaping

  // Keeps the first lines up to the bounds; after one that did not fit, none is kept.
  // Control characters and bytes that are no UTF-8 are escaped; a line is cut at max_line between
  // characters.
  void add(std::string_view line);
  const std::string& text() const { return text_; }
  // Bytes that were given and not kept.
  std::size_t left_out() const { return left_out_; }

 private:
  std::string text_;
  std::size_t left_out_ = 0;
  bool full_ = false;
};

}  // namespace vedette
