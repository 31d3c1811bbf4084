// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/kit/form_values.h"

#include <charconv>

#include "probes/encoding.h"

namespace vedette::demo {

std::optional<std::int64_t> parse_whole(std::string_view text) {
  std::int64_t number = 0;
  const auto* end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc() || stopped != end) return std::nullopt;
  return number;
}

bool is_short_text(std::string_view text) {
  return !text.empty() && text.size() <= 200 && is_utf8(text);
}

}  // namespace vedette::demo
