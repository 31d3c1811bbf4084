// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/wire/name.h"

#include <algorithm>
#include <array>

#include <arpa/inet.h>
#include <fmt/format.h>

#include "probes/ascii.h"

namespace vedette::dns {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

// Reads labels of the text one character at a time.
class NameEncoder {
 public:
  std::expected<std::string, std::string> encode(std::string_view text) {
    for (std::size_t at = 0; at < text.size() && error_.empty();) at += take(text.substr(at));
    if (error_.empty() && !label_.empty()) end_label();
    if (!error_.empty()) return std::unexpected(error_);
    out_ += '\0';
    if (out_.size() > max_name) {
      return std::unexpected(fmt::format("a name has at most {} bytes", max_name - 2));
    }
    return std::move(out_);
  }

 private:
  // How many characters were used.
  std::size_t take(std::string_view rest) {
    if (rest.front() == '.') {
      end_label();
      return 1;
    }
    if (rest.front() == '\\') return take_escape(rest);
    if (rest.front() <= ' ' || rest.front() > '~') {
      error_ = "a name holds only ASCII; write an international one in its xn-- form";
    }
    label_ += rest.front();
    return 1;
  }

  std::size_t take_escape(std::string_view rest) {
    if (rest.size() > 3 && is_digit(rest[1]) && is_digit(rest[2]) && is_digit(rest[3])) {
      const int value = (rest[1] - '0') * 100 + (rest[2] - '0') * 10 + (rest[3] - '0');
      if (value > 255) error_ = "an escape \\DDD stands for a byte: at most \\255";
      label_ += static_cast<char>(value);
      return 4;
    }
    if (rest.size() < 2 || is_digit(rest[1])) {
      error_ = "the escape \\ is not complete";
      return 1;
    }
    label_ += rest[1];
    return 2;
  }

  void end_label() {
    if (label_.empty()) error_ = "a label of the name is empty";
    if (label_.size() > max_label) {
      error_ = fmt::format("a label of the name has more than {} bytes", max_label);
    }
    out_ += static_cast<char>(label_.size());
    out_ += label_;
    label_.clear();
  }

  std::string out_, label_, error_;
};

std::string reverse_v6(const std::array<unsigned char, 16>& bytes) {
  std::string out;
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
    out += fmt::format("{:x}.{:x}.", *byte & 0xfU, *byte >> 4U);
  }
  return out + "ip6.arpa.";
}

// As nearly all of a name does. A table, because every byte of every name is looked up.
constexpr auto stands_for_itself = [] {
  std::array<bool, 256> out{};
  for (const unsigned char c : std::string_view("abcdefghijklmnopqrstuvwxyz0123456789-_")) {
    out[c] = true;
  }
  return out;
}();

bool is_plain(std::string_view label) {
  return std::ranges::all_of(
      label, [](char c) { return stands_for_itself[static_cast<unsigned char>(c)]; });
}

void append_escaped(std::string& out, char c) {
  constexpr std::string_view special = ".\\\";()@$";
  if (c <= ' ' || c > '~') {
    out += fmt::format("\\{:03}", static_cast<unsigned char>(c));
    return;
  }
  if (special.find(c) != special.npos) out += '\\';
  out += lower_case(c);
}

}  // namespace

std::expected<std::string, std::string> encode_name(std::string_view text) {
  if (text.empty()) return std::unexpected("a name must not be empty; the root is \".\"");
  if (text == ".") return std::string(1, '\0');
  return NameEncoder().encode(text);
}

void append_label(std::string& out, std::string_view label) {
  if (is_plain(label)) {
    out.append(label);
  } else {
    for (const char c : label) append_escaped(out, c);
  }
  out += '.';
}

std::optional<std::string> reverse_name(std::string_view address) {
  const std::string text(address);
  if (text.find('\0') != text.npos) return std::nullopt;
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) {
    return fmt::format("{}.{}.{}.{}.in-addr.arpa.", bytes[3], bytes[2], bytes[1], bytes[0]);
  }
  if (inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) return reverse_v6(bytes);
  return std::nullopt;
}

}  // namespace vedette::dns
