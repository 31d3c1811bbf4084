// SPDX-License-Identifier: Apache-2.0
#include "probes/jsonpath/regexp.h"

#include <string>

namespace vedette::jsonpath {
namespace {

// RFC 9485, section 5: a dot outside of a class stands for anything but line ends.
std::string with_explicit_dots(std::string_view pattern) {
  std::string out;
  bool in_class = false;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      out += c;
      out += pattern[++i];
      continue;
    }
    if (c == '[') in_class = true;
    if (c == ']') in_class = false;
    if (c == '.' && !in_class)
      out += "[^\\n\\r]";
    else
      out += c;
  }
  return out;
}

}  // namespace

std::optional<Pattern> compile_regexp(std::string_view pattern, bool whole) {
  const std::string plain = with_explicit_dots(pattern);
  auto compiled = Pattern::compile(whole ? "\\A(?:" + plain + ")\\z" : plain);
  if (!compiled) return std::nullopt;
  return *std::move(compiled);
}

}  // namespace vedette::jsonpath
