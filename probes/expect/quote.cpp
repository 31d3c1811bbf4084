// SPDX-License-Identifier: Apache-2.0
#include "probes/expect/quote.h"

#include "probes/encoding.h"

namespace vedette::expect {

std::string excerpt(std::string_view text, const Mask& mask, std::size_t limit) {
  // Masking shortens, so more is masked than is shown; and it comes before any cut (see Mask).
  const std::string_view window = text.substr(0, limit * 8);
  const std::string masked = mask.empty() ? std::string(window) : mask.apply(window);
  const std::string_view shown = shorten(masked, limit);
  const bool whole = shown.size() == masked.size() && window.size() == text.size();
  return printable(shown) + (whole ? "" : "...");
}

std::string quote(std::string_view text, const Mask& mask, std::size_t limit) {
  return '"' + excerpt(text, mask, limit) + '"';
}

}  // namespace vedette::expect
