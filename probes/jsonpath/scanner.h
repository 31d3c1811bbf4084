// SPDX-License-Identifier: Apache-2.0
// The lexical parts of a JSONPath query: blanks, names, numbers, strings.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include <boost/json/value.hpp>

namespace vedette::jsonpath {

// A mistake in a query: thrown inside this folder only, caught by Path::parse.
struct Mistake {
  std::size_t at;  // bytes from the beginning
  std::string what;
};

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  [[noreturn]] void fail(std::string what) const { throw Mistake{at_, std::move(what)}; }

  bool at_end() const { return at_ == text_.size(); }
  std::size_t position() const { return at_; }
  void return_to(std::size_t position) { at_ = position; }
  char peek(std::size_t ahead = 0) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }
  // Takes the word if it stands here.
  bool take(std::string_view word);
  void expect(char c);
  void skip_blanks();

  // member-name-shorthand, if one begins here.
  std::optional<std::string> shorthand();
  // A function's name, if one and its parenthesis stand here; both are taken.
  std::optional<std::string> function_name();
  // int: no leading zeros, no -0, within +-(2^53-1).
  std::optional<std::int64_t> integer();
  // A literal of a comparison: number, string, true, false, null.
  std::optional<boost::json::value> literal();
  // In single or double quotes.
  std::optional<std::string> string();

 private:
  std::optional<boost::json::value> number();
  void escape(char quote, std::string& out);
  std::uint32_t code_unit();
  bool digits();

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace vedette::jsonpath
