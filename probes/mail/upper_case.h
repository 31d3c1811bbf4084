// SPDX-License-Identifier: Apache-2.0
// Keywords of mail protocols are written in upper case.
#pragma once

#include <string>
#include <string_view>

namespace vedette::mail {

// ASCII letters only, whatever the locale.
inline std::string upper_case(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return out;
}

}  // namespace vedette::mail
