// SPDX-License-Identifier: Apache-2.0
// The accent colour of a site, made readable on any ground.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vedette::brand {

struct Colour {
  std::uint8_t red = 0, green = 0, blue = 0;
  bool operator==(const Colour&) const = default;
};

// "#3b5bdb" or "#35d".
std::optional<Colour> parse_colour(std::string_view text);
std::string text(Colour colour);

// From 1 to 21 (WCAG 2.2, "contrast ratio").
double contrast(Colour one, Colour other);

// The colour, darker or lighter as far as it must be for text on this ground: a contrast of 4.5
// (WCAG 2.2, level AA).
Colour readable_on(Colour ground, Colour colour);

}  // namespace vedette::brand
