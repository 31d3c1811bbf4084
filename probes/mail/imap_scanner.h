// SPDX-License-Identifier: Apache-2.0
// Reads the pieces that IMAP's data is made of: atoms, strings, literals, lists (RFC 9051, section
// 9). Pure; never reads beyond the text; once it has failed it stays failed and gives empty values.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vedette::mail {

class ImapScanner {
 public:
  static constexpr int max_depth = 32;  // of lists in lists

  // The text outlives the scanner.
  explicit ImapScanner(std::string_view text) : rest_(text) {}

  bool ok() const { return !failed_; }
  // Nothing is left, or it has failed.
  bool done() const { return failed_ || rest_.empty(); }
  std::string_view rest() const { return rest_; }

  // Takes the character if it is the next one.
  bool take(char c);
  // Fails if the character is not the next one.
  void expect(char c);
  // Takes spaces; servers send more of them than they should.
  void skip_spaces();

  // Up to a space or a parenthesis; what stands in brackets belongs to it: BODY[HEADER.FIELDS (To)]
  std::string_view atom();
  // Digits only, up to 2^64 - 1.
  std::uint64_t number();
  std::uint32_t number32();
  // A quoted string, a literal or an atom; nothing for NIL.
  std::optional<std::string> nstring();
  // As nstring(), but NIL is a word like any other.
  std::string astring();
  // Any value, lists included.
  void skip_value();

  void fail() { failed_ = true; }

 private:
  bool at_literal() const;
  std::string quoted();
  std::string literal();

  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace vedette::mail
