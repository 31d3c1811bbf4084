// SPDX-License-Identifier: Apache-2.0
// "did you mean": the known word that is nearest to one that nobody knows.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace vedette::config {

// The nearest of `known` within a few typing mistakes (case does not count), or an empty view when
// none is near. Only words up to 64 bytes are compared, and only the first 10,000 of `known`, so
// that it ends soon on any input.
std::string_view nearest(std::string_view word, std::span<const std::string> known);

// "; did you mean \"http\"?" for the end of a message, or nothing.
std::string did_you_mean(std::string_view word, std::span<const std::string> known);

}  // namespace vedette::config
