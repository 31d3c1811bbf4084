// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/pop3_reply.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/mail/upper_case.h"
#include "probes/mail/words.h"

namespace vedette::mail {
namespace {

constexpr std::size_t shown = 80;  // bytes of a bad line that a sentence quotes

std::optional<std::uint64_t> number(std::string_view word) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  const bool whole = error == std::errc() && end == word.data() + word.size();
  return whole ? std::optional(value) : std::nullopt;
}

}  // namespace

std::expected<Pop3Reply, std::string> parse_pop3_reply(std::string_view line) {
  const std::string_view word = line.substr(0, line.find(' '));
  const std::string text(line.substr(std::min(word.size() + 1, line.size())));
  if (word == "+OK") return Pop3Reply{Pop3Reply::Kind::ok, text};
  if (word == "-ERR") return Pop3Reply{Pop3Reply::Kind::error, text};
  if (word == "+") return Pop3Reply{Pop3Reply::Kind::go_on, text};
  return std::unexpected(
      fmt::format("the reply \"{}\" is none of POP3's", printable(shorten(line, shown))));
}

std::optional<Pop3Drop> parse_drop(std::string_view text) {
  Words words(text);
  const auto messages = number(words.next());
  const auto bytes = number(words.next());
  if (!messages || !bytes) return std::nullopt;
  return Pop3Drop{*messages, *bytes};
}

void add_pop3_capability(std::string_view line, Capabilities& out) {
  Words words(line);
  const std::string keyword = upper_case(words.next());
  out.add(keyword);
  if (keyword != "SASL") return;
  for (auto word = words.next(); !word.empty(); word = words.next()) {
    out.add("AUTH=" + std::string(word));
  }
}

}  // namespace vedette::mail
