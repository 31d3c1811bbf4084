// SPDX-License-Identifier: Apache-2.0
#include "probes/http/sensitive.h"

#include <algorithm>
#include <array>
#include <string>

#include "probes/ascii.h"

namespace vedette::http {
namespace {

// Looked for in the name without case and without "-" and "_".
constexpr std::array<std::string_view, 9> sensitive_parts{
    "authorization", "cookie", "password", "passwd",   "passphrase",
    "secret",        "token",  "apikey",   "accesskey"};

std::string plain(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '-' || c == '_') continue;
    out += lower_case(c);
  }
  return out;
}

// Calls `use` with each piece between separators.
template <class Use>
void split(std::string_view text, char separator, Use use) {
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    use(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

bool is_sensitive(std::string_view name) {
  const std::string reduced = plain(name);
  return std::ranges::any_of(sensitive_parts,
                             [&](auto part) { return reduced.find(part) != std::string::npos; });
}

void mask_value(Mask& mask, std::string_view name, std::string_view value) {
  mask.add_with_encodings(std::string(value));
  const std::string reduced = plain(name);
  if (reduced.ends_with("authorization")) {
    const auto space = value.find(' ');
    if (space != value.npos) mask.add_with_encodings(std::string(value.substr(space + 1)));
  } else if (reduced.ends_with("cookie")) {
    split(value, ';', [&](std::string_view cookie) {
      const auto equals = cookie.find('=');
      if (equals != cookie.npos) mask.add_with_encodings(std::string(cookie.substr(equals + 1)));
    });
  }
}

}  // namespace vedette::http
