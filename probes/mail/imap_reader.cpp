// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/imap_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "probes/ascii.h"
#include "probes/mail/words.h"

namespace vedette::mail {
namespace {

// The text of these is for people, and a brace at its end is only a brace.
bool ends_in_free_text(std::string_view line) {
  if (line.starts_with('+')) return true;
  constexpr std::array<std::string_view, 5> words{"OK", "NO", "BAD", "PREAUTH", "BYE"};
  Words rest(line);
  rest.next();
  const std::string_view word = rest.next();
  return std::ranges::any_of(words,
                             [&](std::string_view each) { return same_without_case(each, word); });
}

}  // namespace

std::optional<std::uint64_t> literal_size(std::string_view line) {
  if (!line.ends_with('}')) return std::nullopt;
  line.remove_suffix(1);
  if (line.ends_with('+')) line.remove_suffix(1);
  const std::size_t brace = line.rfind('{');
  if (brace == std::string_view::npos) return std::nullopt;
  const std::string_view digits = line.substr(brace + 1);
  if (digits.empty() || !std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; })) {
    return std::nullopt;
  }
  std::uint64_t size = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
  return error == std::errc() ? size : std::numeric_limits<std::uint64_t>::max();
}

std::expected<std::optional<std::size_t>, std::string> ImapReader::line(std::string_view line) {
  const auto size = bytes_.empty() && ends_in_free_text(line) ? std::nullopt : literal_size(line);
  const std::size_t room = max_bytes_ - std::min(max_bytes_, bytes_.size() + line.size() + 2);
  if (room == 0 || size.value_or(0) > room) {
    return std::unexpected(fmt::format("a response is larger than {} bytes", max_bytes_));
  }
  bytes_ += line;
  if (!size) return std::nullopt;
  bytes_ += "\r\n";
  return static_cast<std::size_t>(*size);
}

std::string ImapReader::take() {
  return std::exchange(bytes_, {});
}

}  // namespace vedette::mail
