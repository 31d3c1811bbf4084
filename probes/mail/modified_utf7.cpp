// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/modified_utf7.h"

#include <algorithm>
#include <cstdint>

#include "probes/encoding.h"

namespace vedette::mail {
namespace {

bool is_plain(char c) {
  return c >= 0x20 && c <= 0x7e;
}

// The code point at the start of the text, which is valid UTF-8.
std::uint32_t take_point(std::string_view& text) {
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t size = lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  std::uint32_t point = size == 1 ? lead : lead & (0x7fu >> size);
  for (std::size_t i = 1; i < size; ++i) {
    point = point << 6 | (static_cast<unsigned char>(text[i]) & 0x3fu);
  }
  text.remove_prefix(size);
  return point;
}

void add_unit(std::string& utf16, std::uint32_t unit) {
  utf16 += static_cast<char>(unit >> 8 & 0xff);
  utf16 += static_cast<char>(unit & 0xff);
}

void add_utf16(std::string& utf16, std::uint32_t point) {
  if (point < 0x10000) return add_unit(utf16, point);
  add_unit(utf16, 0xd800 + ((point - 0x10000) >> 10));
  add_unit(utf16, 0xdc00 + (point & 0x3ff));
}

void add_utf8(std::string& utf8, std::uint32_t point) {
  const auto tail = [&](unsigned shift) {
    utf8 += static_cast<char>(0x80 | (point >> shift & 0x3f));
  };
  if (point < 0x80) {
    utf8 += static_cast<char>(point);
  } else if (point < 0x800) {
    utf8 += static_cast<char>(0xc0 | point >> 6);
    tail(0);
  } else if (point < 0x10000) {
    utf8 += static_cast<char>(0xe0 | point >> 12);
    tail(6);
    tail(0);
  } else {
    utf8 += static_cast<char>(0xf0 | point >> 18);
    tail(12);
    tail(6);
    tail(0);
  }
}

// Base64 with "," for "/" and no padding.
std::string to_wire(const std::string& utf16) {
  std::string out = base64(utf16);
  out.erase(std::min(out.find('='), out.size()));
  std::ranges::replace(out, '/', ',');
  return out;
}

std::optional<std::string> from_wire(std::string_view text) {
  std::string padded(text);
  std::ranges::replace(padded, ',', '/');
  padded.append((4 - padded.size() % 4) % 4, '=');
  return base64_decode(padded);
}

bool add_utf16_as_utf8(std::string& out, std::string_view utf16) {
  const auto unit = [&](std::size_t at) {
    return static_cast<std::uint32_t>(static_cast<unsigned char>(utf16[at]) << 8 |
                                      static_cast<unsigned char>(utf16[at + 1]));
  };
  if (utf16.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < utf16.size(); i += 2) {
    std::uint32_t point = unit(i);
    if (point >= 0xd800 && point < 0xdc00 && i + 2 < utf16.size()) {
      const std::uint32_t low = unit(i += 2);
      if (low < 0xdc00 || low > 0xdfff) return false;
      point = 0x10000 + ((point - 0xd800) << 10) + (low - 0xdc00);
    } else if (point >= 0xd800 && point <= 0xdfff) {
      return false;
    }
    add_utf8(out, point);
  }
  return true;
}

}  // namespace

std::optional<std::string> encode_modified_utf7(std::string_view utf8) {
  if (!is_utf8(utf8)) return std::nullopt;
  std::string out;
  std::string pending;  // UTF-16, big-endian
  const auto flush = [&] {
    if (!pending.empty()) out += "&" + to_wire(pending) + "-";
    pending.clear();
  };
  while (!utf8.empty()) {
    if (!is_plain(utf8.front())) {
      add_utf16(pending, take_point(utf8));
      continue;
    }
    flush();
    out += utf8.front();
    if (utf8.front() == '&') out += '-';
    utf8.remove_prefix(1);
  }
  flush();
  return out;
}

std::optional<std::string> decode_modified_utf7(std::string_view wire) {
  std::string out;
  for (std::size_t i = 0; i < wire.size();) {
    if (wire[i] != '&') {
      out += wire[i++];
      continue;
    }
    const std::size_t end = wire.find('-', i);
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view inner = wire.substr(i + 1, end - i - 1);
    const auto utf16 = from_wire(inner);
    if (inner.empty())
      out += '&';
    else if (!utf16 || !add_utf16_as_utf8(out, *utf16))
      return std::nullopt;
    i = end + 1;
  }
  if (encode_modified_utf7(out) != wire) return std::nullopt;
  return out;
}

}  // namespace vedette::mail
