// SPDX-License-Identifier: Apache-2.0
// Hashes for the sign-in of mail protocols (RFC 2195, RFC 5802). Raw bytes in, raw bytes out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vedette::net {

// MD5 and SHA-1 are old, and servers still ask for them; nothing else should.
enum class Hash : std::uint8_t { md5, sha1, sha256 };

// Empty when the library refuses the algorithm (MD5 in FIPS mode).
std::string digest(Hash hash, std::string_view bytes);
// RFC 2104.
std::string hmac(Hash hash, std::string_view key, std::string_view bytes);
// PBKDF2 with HMAC of SHA-1 or SHA-256 (RFC 8018), one block long: Hi() of RFC 5802; empty for MD5.
// Takes time in proportion to `iterations` (a fifth of a microsecond each), so bound them before.
std::string pbkdf2(Hash hash, std::string_view password, std::string_view salt, int iterations);
// Compares in a time that does not depend on where they differ.
bool equal_in_constant_time(std::string_view a, std::string_view b);
// Bytes that nobody can guess.
std::string random_bytes(std::size_t count);

}  // namespace vedette::net
