// SPDX-License-Identifier: Apache-2.0
#include "config/suggest.h"

#include <vector>

#include <gtest/gtest.h>

namespace vedette::config {
namespace {

const std::vector<std::string> words{"timeout", "every", "component", "http", "of"};

TEST(Suggest, FindsTheWordBehindATypingMistake) {
  EXPECT_EQ(nearest("timout", words), "timeout");       // left out
  EXPECT_EQ(nearest("eevery", words), "every");         // doubled
  EXPECT_EQ(nearest("compoment", words), "component");  // replaced
  EXPECT_EQ(nearest("htpp", words), "http");
  EXPECT_EQ(nearest("htt", words), "http");
  EXPECT_EQ(nearest("veery", words), "every");  // swapped
  EXPECT_EQ(nearest("Timeout", words), "timeout");
}

TEST(Suggest, SaysNothingWhenNothingIsNear) {
  EXPECT_EQ(nearest("interval", words), "");
  EXPECT_EQ(nearest("x", words), "");
  EXPECT_EQ(nearest("", words), "");
  EXPECT_EQ(did_you_mean("interval", words), "");
}

TEST(Suggest, IsTheTailOfAMessage) {
  EXPECT_EQ(did_you_mean("evry", words), "; did you mean \"every\"?");
}

TEST(Suggest, ComparesNoEndlessWords) {
  EXPECT_EQ(nearest(std::string(100'000, 'x'), words), "");
  EXPECT_EQ(nearest("every", std::vector{std::string(100'000, 'x')}), "");
}

}  // namespace
}  // namespace vedette::config
