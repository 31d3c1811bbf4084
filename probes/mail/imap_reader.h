// SPDX-License-Identifier: Apache-2.0
// Puts one response of an IMAP server together out of lines and literals (RFC 9051, section 4.3).
// Pure, bounded.
#pragma once

#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace vedette::mail {

// line() again and again; whenever it announces a literal, literal() and then line() for the rest.
class ImapReader {
 public:
  // `max_bytes`: of one response, its literals included.
  explicit ImapReader(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  // Takes a line without its line end. A number: so many bytes of a literal follow, and then
  // another line. Nothing: the response is complete. The error is a sentence: the literal or the
  // response is larger than the bound.
  std::expected<std::optional<std::size_t>, std::string> line(std::string_view line);
  // Exactly as many bytes as line() announced, or parts of them in order.
  void literal(std::string_view bytes) { bytes_ += bytes; }
  // The complete response: lines joined by CRLF, literals in their place. Ready for the next one.
  std::string take();

 private:
  std::size_t max_bytes_;
  std::string bytes_;
};

// The size that "{123}", "{123+}" or "~{123}" at the end of a line announces.
std::optional<std::uint64_t> literal_size(std::string_view line);

}  // namespace vedette::mail
