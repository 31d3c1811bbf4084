// SPDX-License-Identifier: Apache-2.0
#include "probes/outcome.h"

#include <set>

#include <gtest/gtest.h>

namespace vedette {
namespace {

TEST(Outcome, EveryWordReadsBackAsItself) {
  for (const Outcome outcome :
       {Outcome::pass, Outcome::degraded, Outcome::fail, Outcome::unknown}) {
    EXPECT_EQ(parse_outcome(text(outcome)), outcome);
  }
  EXPECT_EQ(text(Outcome::degraded), "degraded");
  EXPECT_EQ(parse_outcome("PASS"), std::nullopt);
}

TEST(Reason, EveryWordIsItsOwnAndReadsBack) {
  std::set<std::string_view> seen;
  for (std::size_t i = 0; i < reason_count; ++i) {
    const auto reason = static_cast<Reason>(i);
    EXPECT_TRUE(seen.insert(text(reason)).second) << text(reason);
    EXPECT_EQ(parse_reason(text(reason)), reason);
    EXPECT_FALSE(plain_words(reason).empty()) << text(reason);
  }
  EXPECT_EQ(text(Reason::dns_nxdomain), "dns_nxdomain");
  EXPECT_EQ(text(Reason::agent_late), "agent_late");
  EXPECT_EQ(parse_reason("made_up"), std::nullopt);
}

TEST(Reason, PublicWordsCarryNoJargon) {
  for (std::size_t i = 0; i < reason_count; ++i) {
    const std::string words(plain_words(static_cast<Reason>(i)));
    for (const char* jargon : {"TLS", "DNS", "TCP", "HTTP", "_", "NXDOMAIN"}) {
      EXPECT_EQ(words.find(jargon), std::string::npos) << words;
    }
  }
}

}  // namespace
}  // namespace vedette
