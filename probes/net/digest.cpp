// SPDX-License-Identifier: Apache-2.0
#include "probes/net/digest.h"

#include <new>

#include <nettle/pbkdf2.h>
#include <nettle/sha1.h>
#include <nettle/sha2.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/rand.h>

#undef pbkdf2  // Nettle's headers rename what is called so

namespace vedette::net {
namespace {

const EVP_MD* algorithm(Hash hash) {
  switch (hash) {
    case Hash::md5:
      return EVP_md5();
    case Hash::sha1:
      return EVP_sha1();
    case Hash::sha256:
      return EVP_sha256();
  }
  return EVP_sha256();
}

unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string digest(Hash hash, std::string_view bytes) {
  std::string out(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  const bool done =
      EVP_Digest(bytes.data(), bytes.size(), bytes_of(out), &size, algorithm(hash), nullptr) == 1;
  out.resize(done ? size : 0);
  return out;
}

std::string hmac(Hash hash, std::string_view key, std::string_view bytes) {
  std::string out(EVP_MAX_MD_SIZE, '\0');
  unsigned int size = 0;
  const bool done = HMAC(algorithm(hash), key.data(), static_cast<int>(key.size()), bytes_of(bytes),
                         bytes.size(), bytes_of(out), &size) != nullptr;
  out.resize(done ? size : 0);
  return out;
}

// By Nettle: OpenSSL's copies its state with all of its ceremony in each round, and takes three
// times as long.
std::string pbkdf2(Hash hash, std::string_view password, std::string_view salt, int iterations) {
  const bool sha1 = hash == Hash::sha1;
  if (!sha1 && hash != Hash::sha256) return {};
  std::string out(sha1 ? SHA1_DIGEST_SIZE : SHA256_DIGEST_SIZE, '\0');
  const auto derive = sha1 ? pbkdf2_hmac_sha1 : pbkdf2_hmac_sha256;
  derive(password.size(), bytes_of(password), static_cast<unsigned>(iterations), salt.size(),
         bytes_of(salt), out.size(), bytes_of(out));
  return out;
}

bool equal_in_constant_time(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

std::string random_bytes(std::size_t count) {
  std::string out(count, '\0');
  if (RAND_bytes(bytes_of(out), static_cast<int>(count)) != 1) throw std::bad_alloc();
  return out;
}

}  // namespace vedette::net
