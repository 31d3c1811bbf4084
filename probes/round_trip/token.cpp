// SPDX-License-Identifier: Apache-2.0
#include "probes/round_trip/token.h"

#include <algorithm>
#include <charconv>
#include <random>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "probes/stable_id.h"

namespace vedette::round_trip {
namespace {

constexpr std::string_view beginning = "vedette-";
constexpr std::size_t owner_length = 12;
constexpr std::int64_t last_second = 99'999'999'999;  // far from where times overflow

// Takes the part before the next "-", and it, off the front.
std::string_view take_part(std::string_view& rest) {
  const auto end = std::min(rest.find('-'), rest.size());
  const std::string_view part = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return part;
}

template <class Number>
bool read(std::string_view text, Number& out, int base) {
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, out, base);
  return error == std::errc() && stop == end;
}

bool read_random(std::string_view text, RandomBits& out) {
  if (text.size() != 2 * out.size()) return false;
  for (std::size_t i = 0; i < out.size(); ++i) {
    if (!read(text.substr(2 * i, 2), out[i], 16)) return false;
  }
  return true;
}

}  // namespace

std::string owner_of(std::uint64_t identity) {
  return stable_id(identity);
}

std::string Token::text() const {
  return fmt::format("{}{}-{}-{:02x}", beginning, owner, sent.time_since_epoch().count(),
                     fmt::join(random, ""));
}

std::optional<Token> parse_token(std::string_view text) {
  if (!text.starts_with(beginning)) return std::nullopt;
  std::string_view rest = text.substr(beginning.size());
  Token out;
  out.owner = take_part(rest);
  std::int64_t seconds = 0;
  if (out.owner.size() != owner_length || !read(take_part(rest), seconds, 10) || seconds < 0 ||
      seconds > last_second || !read_random(rest, out.random)) {
    return std::nullopt;
  }
  out.sent = std::chrono::sys_seconds(std::chrono::seconds(seconds));
  // Other spellings of the same numbers are not ours.
  if (out.text() != text) return std::nullopt;
  return out;
}

RandomBits random_bits() {
  std::random_device device;
  RandomBits out;
  for (std::size_t i = 0; i < out.size(); i += 4) {
    const std::uint32_t word = device();
    for (std::size_t byte = 0; byte < 4; ++byte) {
      out[i + byte] = static_cast<std::uint8_t>(word >> (8 * byte));
    }
  }
  return out;
}

}  // namespace vedette::round_trip
