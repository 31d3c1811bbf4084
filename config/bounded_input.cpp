// SPDX-License-Identifier: Apache-2.0
#include "config/bounded_input.h"

namespace vedette::config {

void BoundedInput::measure(char c) {
  constexpr std::string_view marks = "[]{},:&*!?\"'";
  if (c == '\n') {
    line_is_blank_ = true;
    in_comment_ = false;
    return;
  }
  if (c == '#' && line_is_blank_) in_comment_ = true;
  if (c != ' ') line_is_blank_ = false;
  if (in_comment_ || !marks.contains(c)) return;
  ++marks_;
  if (c == '[' || c == '{') ++open_;
  if (c == ']' || c == '}') --open_;
}

void BoundedInput::measure(std::string_view piece) {
  for (const char c : piece) measure(c);
  too_deep_ = open_ > most_open;
  too_wide_ = marks_ > most_marks;
}

BoundedInput::int_type BoundedInput::serve(std::string_view piece) {
  // The base class wants pointers to writable characters, but writes to none.
  auto* begin = const_cast<char*>(piece.data());
  setg(begin, begin, begin + piece.size());
  return traits_type::to_int_type(*begin);
}

BoundedInput::int_type BoundedInput::underflow() {
  if (gptr() != egptr()) return traits_type::to_int_type(*gptr());
  if (ended_ || too_deep_ || too_wide_) return traits_type::eof();
  const auto piece = text_.substr(offset_, window);
  ended_ = piece.empty();
  if (ended_) return serve(text_.ends_with('\n') ? "#" : "\n#");
  measure(piece);
  offset_ += piece.size();
  return serve(piece);
}

}  // namespace vedette::config
