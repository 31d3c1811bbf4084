// SPDX-License-Identifier: Apache-2.0
// Foreign text on its way to the page and the feeds: what comes out is valid UTF-8 without control
// characters, cleaning it again changes nothing, and markdown brings no script along.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "agent/page/clean.h"
#include "agent/page/markdown.h"
#include "probes/ascii.h"
#include "probes/encoding.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vedette;
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const std::string cleaned = page::clean(input);
  if (!is_utf8(cleaned) || page::clean(cleaned) != cleaned) std::abort();
  for (const char c : cleaned) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte == 0x7F || (byte < 0x20 && c != '\t' && c != '\n' && c != '\r')) std::abort();
  }
  const std::string html = lower_case(page::markdown_to_html(cleaned));
  for (const std::string_view never : {"<script", "<img", "<iframe", "href=\"javascript:"})
    if (html.contains(never)) std::abort();
  return 0;
}
