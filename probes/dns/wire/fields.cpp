// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/wire/fields.h"

#include <algorithm>
#include <array>
#include <chrono>

#include <arpa/inet.h>
#include <fmt/format.h>

#include "probes/dns/wire/words.h"
#include "probes/encoding.h"

namespace vedette::dns {
namespace {

void append_window(std::string& out, unsigned window, std::string_view bitmap) {
  for (std::size_t i = 0; i < bitmap.size() * 8; ++i) {
    const auto byte = static_cast<unsigned char>(bitmap[i / 8]);
    if ((byte & (0x80U >> (i % 8))) == 0) continue;
    if (!out.empty()) out += ' ';
    out += type_text(static_cast<std::uint16_t>(window * 256 + i));
  }
}

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

}  // namespace

std::string ipv4_text(std::string_view bytes) {
  std::string out;
  if (bytes.size() != 4) return out;
  for (const char byte : bytes) {
    if (!out.empty()) out += '.';
    out += std::to_string(static_cast<unsigned char>(byte));
  }
  return out;
}

std::string ipv6_text(std::string_view bytes) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (bytes.size() == 16) inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
  return text.data();
}

std::string time_text(std::uint32_t seconds) {
  using namespace std::chrono;
  const sys_seconds time{std::chrono::seconds(seconds)};
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(time - day);
  return fmt::format("{:04}{:02}{:02}{:02}{:02}{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     clock.hours().count(), clock.minutes().count(), clock.seconds().count());
}

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  for (const char c : text) {
    if (c < ' ' || c > '~') {
      out += fmt::format("\\{:03}", static_cast<unsigned char>(c));
      continue;
    }
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out;
}

std::string quoted(std::string_view text) {
  return '"' + escaped(text) + '"';
}

std::string hex_text(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4U];
    out += digits[byte & 0xfU];
  }
  return out;
}

std::string base64_text(std::string_view bytes) {
  return vedette::base64(bytes);
}

std::optional<std::string> base32_text(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuv";
  if (bytes.empty()) return std::nullopt;
  std::string out;
  unsigned bits = 0, have = 0;
  for (const char c : bytes) {
    bits = (bits << 8U | static_cast<unsigned char>(c)) & 0xfffU;
    for (have += 8; have >= 5; have -= 5) out += digits[bits >> (have - 5) & 0x1fU];
  }
  if (have > 0) out += digits[bits << (5 - have) & 0x1fU];
  return out;
}

std::string salt_text(std::string_view bytes) {
  return bytes.empty() ? "-" : hex_text(bytes);
}

std::optional<std::string> tag_text(std::string_view bytes) {
  if (bytes.empty() || !std::ranges::all_of(bytes, is_letter_or_digit)) return std::nullopt;
  return std::string(bytes);
}

std::optional<std::string> type_bitmap_text(std::string_view bytes) {
  constexpr std::size_t max_window = 32;
  std::string out;
  int last = -1;
  while (!bytes.empty()) {
    if (bytes.size() < 2) return std::nullopt;
    const int window = static_cast<unsigned char>(bytes[0]);
    const std::size_t length = static_cast<unsigned char>(bytes[1]);
    bytes.remove_prefix(2);
    if (window <= last || length == 0 || length > max_window || length > bytes.size()) {
      return std::nullopt;
    }
    append_window(out, static_cast<unsigned>(window), bytes.substr(0, length));
    bytes.remove_prefix(length);
    last = window;
  }
  return out;
}

}  // namespace vedette::dns
