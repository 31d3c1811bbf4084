// SPDX-License-Identifier: Apache-2.0
#include "agent/web/public_id.h"

#include "probes/stable_hash.h"

namespace vedette::web {

std::string public_id(std::string_view kind, std::string_view key) {
  constexpr std::string_view digits = "0123456789abcdefghijklmnopqrstuvwxyz";
  auto rest = stable_hash(key, stable_hash(kind));
  std::string id(12, '0');
  for (auto& digit : id) {
    digit = digits[rest % digits.size()];
    rest /= digits.size();
  }
  return id;
}

}  // namespace vedette::web
