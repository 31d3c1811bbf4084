// SPDX-License-Identifier: Apache-2.0
// A token tells whose message it is, and nothing else reads as one.
#include "probes/round_trip/token.h"

#include <gtest/gtest.h>

namespace vedette::round_trip {
namespace {

Token sample() {
  return {owner_of(7),
          std::chrono::sys_seconds(std::chrono::seconds(1795648000)),
          {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255}};
}

TEST(Token, ReadsWhatItWrites) {
  const std::string text = sample().text();
  EXPECT_TRUE(text.ends_with("-1795648000-000102030405060708090a0b0c0d0eff")) << text;
  EXPECT_EQ(parse_token(text), sample());
}

TEST(Token, ReadsNothingElse) {
  const std::string text = sample().text();
  std::string upper = text;
  upper.replace(upper.size() - 2, 2, "FF");
  for (const std::string& other : std::initializer_list<std::string>{
           std::string(), text + "0", text + " ", " " + text, text.substr(1), upper,
           text.substr(0, text.size() - 1), std::string("vedette-"), std::string("vedette---"),
           "vedette-" + sample().owner + "-+1795648000-000102030405060708090a0b0c0d0eff",
           "vedette-" + sample().owner + "--5-000102030405060708090a0b0c0d0eff",
           "vedette-" + sample().owner + "-9223372036854775807-000102030405060708090a0b0c0d0eff",
           "vedette-short-1795648000-000102030405060708090a0b0c0d0eff"}) {
    EXPECT_FALSE(parse_token(other)) << other;
  }
}

TEST(Token, OwnersDiffer) {
  EXPECT_EQ(owner_of(7), owner_of(7));
  EXPECT_NE(owner_of(7), owner_of(8));
  EXPECT_EQ(owner_of(0).size(), 12u);
}

TEST(Token, BitsAreNeverTheSame) {
  EXPECT_NE(random_bits(), random_bits());
}

}  // namespace
}  // namespace vedette::round_trip
