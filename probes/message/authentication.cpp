// SPDX-License-Identifier: Apache-2.0
#include "probes/message/authentication.h"

#include <algorithm>
#include <span>

#include "probes/ascii.h"
#include "probes/message/structured.h"

namespace vedette::message {
namespace {

constexpr std::size_t max_verdicts = 50;

using Pieces = std::span<const Piece>;

// Takes what stands before the next semicolon, and it, off the front.
Pieces take_segment(Pieces& rest) {
  const auto end = std::ranges::find_if(rest, [](const Piece& piece) { return piece.is(';'); });
  const auto size = static_cast<std::size_t>(end - rest.begin());
  const Pieces segment = rest.first(size);
  rest = rest.subspan(std::min(size + 1, rest.size()));
  return segment;
}

// method "=" result ..., where the method may have a version: "dkim/1".
void add_verdict(Pieces segment, Verdicts& out) {
  if (segment.size() < 3 || out.size() >= max_verdicts) return;
  if (segment[0].kind != Piece::Kind::word || !segment[1].is('=') ||
      segment[2].kind != Piece::Kind::word) {
    return;
  }
  const std::string_view method = segment[0].text;
  out.emplace_back(lower_case(method.substr(0, method.find('/'))), lower_case(segment[2].text));
}

std::string* find_verdict(Verdicts& verdicts, std::string_view method) {
  const auto found = std::ranges::find(verdicts, method, &Verdicts::value_type::first);
  return found == verdicts.end() ? nullptr : &found->second;
}

// Several results of one method in one field become one.
Verdicts one_each(const Verdicts& verdicts) {
  Verdicts out;
  for (const auto& [method, result] : verdicts) {
    std::string* known = find_verdict(out, method);
    if (known == nullptr) {
      out.emplace_back(method, result);
    } else if (result == "pass") {
      *known = result;
    }
  }
  return out;
}

bool is_trusted(std::string_view id, const std::vector<std::string>& trusted) {
  return std::ranges::any_of(trusted,
                             [&](const auto& name) { return same_without_case(name, id); });
}

}  // namespace

std::optional<AuthenticationResults> parse_authentication_results(std::string_view value) {
  std::vector<Piece> pieces = pieces_of(value, ";=");
  std::erase_if(pieces, [](const Piece& piece) { return piece.kind == Piece::Kind::comment; });
  Pieces rest = pieces;
  const Pieces server = take_segment(rest);
  if (server.empty() || server[0].kind != Piece::Kind::word) return std::nullopt;
  AuthenticationResults out{lower_case(server[0].text), {}};
  while (!rest.empty()) add_verdict(take_segment(rest), out.verdicts);
  return out;
}

Verdicts verdicts_of(const Headers& headers, const std::vector<std::string>& trusted) {
  Verdicts out;
  for (const auto& [name, value] : headers) {
    if (!same_without_case(name, "Authentication-Results")) continue;
    const auto results = parse_authentication_results(value);
    if (!results || !is_trusted(results->authserv_id, trusted)) continue;
    for (auto& verdict : one_each(results->verdicts)) {
      if (find_verdict(out, verdict.first) == nullptr) out.push_back(std::move(verdict));
    }
  }
  return out;
}

}  // namespace vedette::message
