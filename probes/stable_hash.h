// SPDX-License-Identifier: Apache-2.0
// A hash that is the same on every machine, in every run and version: for spreading, ids and
// fingerprints, not for secrets.
#pragma once

#include <cstdint>
#include <string_view>

namespace vedette {

// FNV-1a, 64 bit, with a finishing mix so that similar texts spread well in the low bits too.
constexpr std::uint64_t stable_hash(std::string_view text,
                                    std::uint64_t seed = 0xcbf29ce484222325ULL) {
  std::uint64_t hash = seed;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  hash ^= hash >> 32;
  hash *= 0xd6e8feb86659fd93ULL;
  return hash ^ (hash >> 32);
}

}  // namespace vedette
