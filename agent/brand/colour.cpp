// SPDX-License-Identifier: Apache-2.0
#include "agent/brand/colour.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace vedette::brand {
namespace {

constexpr double wanted = 4.5;
constexpr Colour black{0, 0, 0}, white{255, 255, 255};

// WCAG 2.2, "relative luminance".
double luminance(Colour colour) {
  const auto linear = [](std::uint8_t channel) {
    const double share = channel / 255.0;
    return share <= 0.04045 ? share / 12.92 : std::pow((share + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue);
}

// `share` of 0 is the first, of 1 the second.
Colour mixed(Colour first, Colour second, double share) {
  const auto mix = [share](std::uint8_t one, std::uint8_t other) {
    return static_cast<std::uint8_t>(std::lround(one + (other - one) * share));
  };
  return {mix(first.red, second.red), mix(first.green, second.green), mix(first.blue, second.blue)};
}

}  // namespace

std::optional<Colour> parse_colour(std::string_view text) {
  if (!text.starts_with('#')) return std::nullopt;
  text.remove_prefix(1);
  std::string digits(text);
  if (digits.size() == 3) digits = {text[0], text[0], text[1], text[1], text[2], text[2]};
  std::uint32_t number = 0;
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), number, 16);
  if (digits.size() != 6 || error != std::errc{} || end != digits.data() + digits.size()) {
    return std::nullopt;
  }
  return Colour{static_cast<std::uint8_t>(number >> 16), static_cast<std::uint8_t>(number >> 8),
                static_cast<std::uint8_t>(number)};
}

std::string text(Colour colour) {
  return fmt::format("#{:02x}{:02x}{:02x}", colour.red, colour.green, colour.blue);
}

double contrast(Colour one, Colour other) {
  const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
  return (lighter + 0.05) / (darker + 0.05);
}

Colour readable_on(Colour ground, Colour colour) {
  const Colour end = contrast(ground, black) > contrast(ground, white) ? black : white;
  for (int step = 0; step < 50; ++step) {
    const Colour tried = mixed(colour, end, step / 50.0);
    if (contrast(tried, ground) >= wanted) return tried;
  }
  return end;
}

}  // namespace vedette::brand
