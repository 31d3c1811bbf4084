// SPDX-License-Identifier: Apache-2.0
// Reads the fields of a DNS message in order and never beyond its end.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vedette::dns {

// After the first read that did not succeed, ok() is false and every read gives zeros.
class Reader {
 public:
  explicit Reader(std::string_view message) : message_(message), end_(message.size()) {}

  // A reader of the next `length` bytes, whose names may point back into the message. This one goes
  // on behind them.
  Reader part(std::size_t length);

  bool ok() const { return ok_; }
  bool at_end() const { return at_ == end_; }
  std::size_t at() const { return at_; }

  std::uint8_t u8();
  std::uint16_t u16();
  std::uint32_t u32();
  std::string_view bytes(std::size_t count);
  std::string_view rest() { return bytes(end_ - at_); }
  // Goes on behind these bytes, if they come next.
  bool take(std::string_view expected);
  // One length byte, and so many bytes.
  std::string_view counted() { return bytes(u8()); }
  // As text, in lower case, with its final dot. Compressed ones are followed: each pointer must go
  // further back than where the part of the name before it began, so that there is an end (RFC
  // 1035, section 4.1.4).
  std::string name();

 private:
  static constexpr int max_jumps = 127;

  // Whether so many bytes are left; without them this was the first read that did not succeed.
  bool has(std::size_t count);
  void fail();

  std::string_view message_;
  std::size_t at_ = 0;
  std::size_t end_;
  bool ok_ = true;
};

}  // namespace vedette::dns
