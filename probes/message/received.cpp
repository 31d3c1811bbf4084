// SPDX-License-Identifier: Apache-2.0
#include "probes/message/received.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "probes/ascii.h"
#include "probes/message/structured.h"

namespace vedette::message {
namespace {

constexpr std::array<std::string_view, 6> clauses{"from", "by", "via", "with", "id", "for"};

bool is_clause(std::string_view word) {
  return std::ranges::any_of(clauses, [&](auto clause) { return same_without_case(clause, word); });
}

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != text.npos;
}

bool names_loopback(std::string_view text) {
  return contains(text, "[127.") || contains(lower_case(text), "[::1]") ||
         contains(lower_case(text), "[ipv6:::1]");
}

// "using TLSv1.3 with cipher", "version=TLS1_2", "TLS 1.3", but not "no TLS".
bool names_tls_version(std::string_view comment) {
  const std::string text = lower_case(comment);
  for (auto at = text.find("tls"); at != text.npos; at = text.find("tls", at + 1)) {
    const auto next = text.find_first_not_of(" v_", at + 3);
    if (next != text.npos && text[next] >= '0' && text[next] <= '9') return true;
  }
  return false;
}

// RFC 3848 and 6531: ESMTPS, ESMTPSA, UTF8SMTPSA ...
bool tells_tls(std::string_view protocol) {
  const std::string text = lower_case(protocol);
  return text.ends_with("smtps") || text.ends_with("smtpsa");
}

// The field of the hop that a clause fills, if we keep it.
std::string* place_of(std::string_view clause, Hop& hop) {
  if (same_without_case(clause, "from")) return &hop.from;
  if (same_without_case(clause, "by")) return &hop.by;
  if (same_without_case(clause, "with")) return &hop.protocol;
  return nullptr;
}

void append(std::string& text, std::string_view word) {
  if (!text.empty()) text += ' ';
  text += word;
}

}  // namespace

Hop parse_received(std::string_view value) {
  Hop hop;
  std::string* place = nullptr;
  for (const Piece& piece : pieces_of(value, ";")) {
    if (piece.is(';')) break;  // the date follows
    const bool is_word = piece.kind == Piece::Kind::word;
    if (is_word && is_clause(piece.text)) {
      place = place_of(piece.text, hop);
      continue;
    }
    if (is_word && place != nullptr) append(*place, piece.text);
    if (place == &hop.from && names_loopback(piece.text)) hop.loopback = true;
    if (!is_word && names_tls_version(piece.text)) hop.tls = true;
  }
  hop.smtp = contains(lower_case(hop.protocol), "smtp");
  if (tells_tls(hop.protocol)) hop.tls = true;
  return hop;
}

std::vector<Hop> way_of(const Headers& headers) {
  std::vector<Hop> way;
  for (const auto& [name, value] : headers) {
    if (same_without_case(name, "Received")) way.push_back(parse_received(value));
  }
  return way;
}

bool received_over_tls(const std::vector<Hop>& way) {
  const bool any = std::ranges::any_of(way, [](const Hop& hop) { return hop.smtp && hop.tls; });
  const bool gap = std::ranges::any_of(
      way, [](const Hop& hop) { return hop.smtp && !hop.tls && !hop.loopback; });
  return any && !gap;
}

std::string describe(const Hop& hop) {
  std::string text;
  if (!hop.by.empty()) text = fmt::format("by {}", hop.by);
  if (!hop.protocol.empty()) append(text, fmt::format("with {}", hop.protocol));
  if (hop.tls) append(text, "(TLS)");
  return text;
}

}  // namespace vedette::message
