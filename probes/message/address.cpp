// SPDX-License-Identifier: Apache-2.0
#include "probes/message/address.h"

#include <algorithm>

#include <fmt/format.h>

#include "probes/ascii.h"
#include "probes/message/message.h"
#include "probes/message/transfer_encoding.h"

namespace vedette::message {
namespace {

constexpr std::size_t max_address = 254;
constexpr std::size_t max_local_part = 64;
constexpr std::size_t max_name = 200;

bool is_letter_or_digit(char c) {
  const char lower = lower_case(c);
  return (lower >= 'a' && lower <= 'z') || (c >= '0' && c <= '9');
}

// Dots stand between other characters.
bool dots_are_inside(std::string_view text) {
  return !text.starts_with('.') && !text.ends_with('.') && text.find("..") == text.npos;
}

bool is_local_part(std::string_view text) {
  constexpr std::string_view marks = "!#$%&'*+-/=?^_`{|}~.";
  return !text.empty() && text.size() <= max_local_part && dots_are_inside(text) &&
         std::ranges::all_of(
             text, [&](char c) { return is_letter_or_digit(c) || marks.find(c) != marks.npos; });
}

bool is_domain(std::string_view text) {
  const bool literal = text.starts_with('[') && text.ends_with(']');
  const std::string_view inside = literal ? text.substr(1, text.size() - 2) : text;
  const std::string_view marks = literal ? ".:" : ".-";
  return !inside.empty() && dots_are_inside(inside) && std::ranges::all_of(inside, [&](char c) {
    return is_letter_or_digit(c) || marks.find(c) != marks.npos;
  });
}

bool is_display_name(std::string_view text) {
  return text.size() <= max_name && std::ranges::none_of(text, [](char c) {
           return static_cast<unsigned char>(c) < 0x20 || c == 0x7f || c == '<' || c == '>' ||
                  c == '"' || c == '\\';
         });
}

}  // namespace

std::string Address::header() const {
  if (name.empty()) return mail;
  std::string shown = encode_words(name);
  if (shown == name) shown = fmt::format("\"{}\"", name);
  return fmt::format("{} <{}>", shown, mail);
}

std::string_view Address::domain() const {
  return std::string_view(mail).substr(mail.rfind('@') + 1);
}

bool is_mail_address(std::string_view text) {
  const auto at = text.rfind('@');
  return at != text.npos && text.size() <= max_address && is_local_part(text.substr(0, at)) &&
         is_domain(text.substr(at + 1));
}

std::optional<Address> parse_address(std::string_view text) {
  if (is_mail_address(text)) return Address{{}, std::string(text)};
  const auto open = text.find('<');
  if (open == text.npos || !text.ends_with('>')) return std::nullopt;
  const std::string_view mail = text.substr(open + 1, text.size() - open - 2);
  std::string name = collapse(text.substr(0, open));
  if (name.size() > 1 && name.starts_with('"') && name.ends_with('"')) {
    name = name.substr(1, name.size() - 2);
  }
  if (!is_mail_address(mail) || !is_display_name(name)) return std::nullopt;
  return Address{std::move(name), std::string(mail)};
}

}  // namespace vedette::message
