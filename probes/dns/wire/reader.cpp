// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/wire/reader.h"

#include "probes/dns/wire/name.h"

namespace vedette::dns {
namespace {

constexpr std::uint8_t pointer_bits = 0xc0;

std::uint8_t byte_of(std::string_view text, std::size_t at) {
  return static_cast<std::uint8_t>(text[at]);
}

}  // namespace

void Reader::fail() {
  ok_ = false;
  at_ = end_;
}

Reader Reader::part(std::size_t length) {
  Reader inner(message_);
  inner.at_ = at_;
  bytes(length);
  inner.end_ = at_;
  inner.ok_ = ok_;
  if (!ok_) inner.at_ = inner.end_;
  return inner;
}

std::string_view Reader::bytes(std::size_t count) {
  if (!has(count)) return {};
  const std::string_view found(message_.data() + at_, count);
  at_ += count;
  return found;
}

bool Reader::has(std::size_t count) {
  if (ok_ && count <= end_ - at_) return true;
  fail();
  return false;
}

bool Reader::take(std::string_view expected) {
  if (!ok_ || !message_.substr(at_, end_ - at_).starts_with(expected)) return false;
  at_ += expected.size();
  return true;
}

std::uint8_t Reader::u8() {
  return has(1) ? byte_of(message_, at_++) : std::uint8_t{0};
}

std::uint16_t Reader::u16() {
  if (!has(2)) return 0;
  const int high = byte_of(message_, at_), low = byte_of(message_, at_ + 1);
  at_ += 2;
  return static_cast<std::uint16_t>(high << 8 | low);
}

std::uint32_t Reader::u32() {
  const std::uint32_t high = u16();
  return high << 16U | u16();
}

std::string Reader::name() {
  constexpr std::size_t usual = 40;
  std::string out;
  std::size_t length = 1;  // on the wire, if it were not compressed
  std::size_t part_began = at_;
  int jumps = 0;
  Reader labels = *this;  // the one that jumps
  while (labels.ok_) {
    const std::uint8_t count = labels.u8();
    if ((count & pointer_bits) == pointer_bits) {
      const std::size_t target = (count & ~unsigned{pointer_bits}) << 8U | labels.u8();
      if (jumps++ == 0) at_ = labels.at_;
      if (!labels.ok_ || target >= part_began || jumps > max_jumps) break;
      part_began = labels.at_ = target;
      labels.end_ = message_.size();
      continue;
    }
    if (count > max_label) break;
    if (count == 0 && labels.ok_) {
      if (jumps == 0) at_ = labels.at_;
      if (out.empty()) out += '.';
      return out;
    }
    length += count + std::size_t{1};
    const std::string_view label = labels.bytes(count);
    if (!labels.ok_ || length > max_name) break;
    if (out.empty()) out.reserve(usual);
    append_label(out, label);
  }
  fail();
  return {};
}

}  // namespace vedette::dns
