// SPDX-License-Identifier: Apache-2.0
// Hands a text to the YAML scanner, and stops the scanner from running ahead of the parser without
// bound.
#pragma once

#include <streambuf>
#include <string_view>

namespace vedette::config {

// A scanner must read a bracketed collection to its end before it can report its first part, and
// keeps each token of it: a file of nothing but "[" would cost it 200 times its size. So what is
// read between two reports is measured, and over the bounds the text ends early; too_deep() or
// too_wide() then say why.
//
// A comment is added at the end: without it yaml-cpp 0.7 takes an opening quote with no closing one
// for a text when a line break stands right before the end.
class BoundedInput : public std::streambuf {
 public:
  explicit BoundedInput(std::string_view text) : text_(text) {}

  // The parser reported something: what was read up to here has been worked off.
  void worked_off() { open_ = marks_ = 0; }
  bool too_deep() const { return too_deep_; }
  bool too_wide() const { return too_wide_; }
  std::size_t offset() const { return offset_; }

 protected:
  // One window of the text after the other becomes the get area; the scanner may put back within
  // it.
  int_type underflow() override;

 private:
  static constexpr std::size_t window = 2048;
  // Brackets are counted blindly, in quotes too (not in lines of comment), so the bounds are far
  // above what a person writes.
  static constexpr long most_open = 2000;
  static constexpr long most_marks = 1'000'000;

  void measure(std::string_view piece);
  void measure(char c);
  int_type serve(std::string_view piece);

  std::string_view text_;
  std::size_t offset_ = 0;
  bool too_deep_ = false;
  bool too_wide_ = false;
  bool ended_ = false;
  bool line_is_blank_ = true;  // up to here
  bool in_comment_ = false;    // a line of its own
  long open_ = 0;              // brackets opened and not closed
  long marks_ = 0;             // characters that may begin or end a token
};

}  // namespace vedette::config
