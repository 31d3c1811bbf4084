// SPDX-License-Identifier: Apache-2.0
// Known answers, worked out by another implementation (Python's hashlib).
#include "probes/net/digest.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace vedette::net {
namespace {

std::string hex(std::string_view bytes) {
  std::string out;
  for (const unsigned char byte : bytes) out += fmt::format("{:02x}", byte);
  return out;
}

TEST(Pbkdf2, DerivesTheSameKeyAsOthersDo) {
  EXPECT_EQ(hex(pbkdf2(Hash::sha1, "open sesame", "pepper", 1000)),
            "a3f211ec0ed0aec6b187aa42b45289ea970aade7");
  EXPECT_EQ(hex(pbkdf2(Hash::sha256, "open sesame", "pepper", 1000)),
            "eceb8f04a294445e99cc3d401bddb2696cf197a0ead225ba8533a7e08e5e31d8");
}

TEST(Pbkdf2, TakesAnEmptyPasswordAndOneThatIsLongerThanABlock) {
  EXPECT_EQ(hex(pbkdf2(Hash::sha256, "", "pepper", 1)),
            "ca19c1181b70cbb082ebcb802af119ffd7678d99fc5d5ef34c0509503e403474");
  EXPECT_EQ(hex(pbkdf2(Hash::sha256, std::string(100, 'p'), "pepper", 2)),
            "f294ebfe5d107b3a192715d77f772efdd6a8d27c19c9e2b942eaa92b3d4d34bb");
}

TEST(Pbkdf2, DoesNotDeriveWithMd5) {
  EXPECT_EQ(pbkdf2(Hash::md5, "open sesame", "pepper", 1000), "");
}

}  // namespace
}  // namespace vedette::net
