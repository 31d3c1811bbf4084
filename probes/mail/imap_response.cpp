// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/imap_response.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/mail/imap_scanner.h"
#include "probes/mail/upper_case.h"

namespace vedette::mail {
namespace {

constexpr std::size_t shown = 80;  // bytes of a bad response that a sentence quotes

constexpr std::array<std::pair<std::string_view, ImapStatus>, 5> statuses{{
    {"OK", ImapStatus::ok},
    {"NO", ImapStatus::no},
    {"BAD", ImapStatus::bad},
    {"PREAUTH", ImapStatus::preauth},
    {"BYE", ImapStatus::bye},
}};

ImapStatus status_of(std::string_view word) {
  const auto found = std::ranges::find(statuses, word, [](const auto& each) { return each.first; });
  return found == statuses.end() ? ImapStatus::none : found->second;
}

std::string_view name_of(ImapStatus status) {
  for (const auto& [name, each] : statuses) {
    if (each == status) return name;
  }
  return {};
}

std::string_view take_word(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(std::min(word.size() + 1, text.size()));
  return word;
}

// The "]" that ends a code; one in quotes does not.
std::size_t end_of_code(std::string_view text) {
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && quoted)
      ++i;
    else if (text[i] == '"')
      quoted = !quoted;
    else if (text[i] == ']' && !quoted)
      return i;
  }
  return std::string_view::npos;
}

// "[UIDNEXT 17] Predicted next UID". A bracket that is never closed is text.
void take_code(std::string_view& text, ImapResponse& out) {
  const std::size_t end = text.starts_with('[') ? end_of_code(text) : std::string_view::npos;
  if (end == std::string_view::npos) return;
  std::string_view values = text.substr(1, end - 1);
  out.code = upper_case(take_word(values));
  out.code_values = values;
  text.remove_prefix(end + 1);
  if (text.starts_with(' ')) text.remove_prefix(1);
}

bool is_tag(std::string_view word) {
  return !word.empty() && std::ranges::all_of(word, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  });
}

std::unexpected<std::string> unreadable(std::string_view bytes) {
  return std::unexpected(
      fmt::format("the response \"{}\" is none of IMAP's", printable(shorten(bytes, shown))));
}

// "12 EXISTS"
bool take_number(std::string_view& rest, ImapResponse& out) {
  if (rest.empty() || rest.front() < '0' || rest.front() > '9') return true;
  ImapScanner scanner(rest);
  out.number = scanner.number32();
  scanner.expect(' ');
  rest = scanner.rest();
  return scanner.ok();
}

}  // namespace

std::string ImapResponse::words() const {
  const std::string_view shown_code = code_values;
  const std::string bracket =
      code.empty() ? "" : fmt::format("[{}{}{}] ", code, shown_code.empty() ? "" : " ", shown_code);
  return fmt::format("{} {}{}", status == ImapStatus::none ? name : name_of(status), bracket, rest);
}

std::expected<ImapResponse, std::string> parse_imap_response(std::string_view bytes) {
  ImapResponse out;
  std::string_view rest = bytes;
  const std::string_view first = take_word(rest);
  if (first == "+") {
    out.kind = ImapResponse::Kind::go_on;
    out.rest = rest;
    return out;
  }
  if (first != "*") {
    if (!is_tag(first)) return unreadable(bytes);
    out.kind = ImapResponse::Kind::tagged;
    out.tag = first;
  } else if (!take_number(rest, out)) {
    return unreadable(bytes);
  }
  const std::string word = upper_case(take_word(rest));
  if (!out.number) out.status = status_of(word);
  if (out.status != ImapStatus::none) {
    take_code(rest, out);
  } else if (out.kind == ImapResponse::Kind::tagged || word.empty()) {
    return unreadable(bytes);
  } else {
    out.name = word;
  }
  out.rest = rest;
  return out;
}

}  // namespace vedette::mail
