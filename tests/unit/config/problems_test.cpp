// SPDX-License-Identifier: Apache-2.0
#include "config/problems.h"

#include <gtest/gtest.h>

namespace vedette::config {
namespace {

TEST(Problems, SayFileLineColumnAndMessage) {
  EXPECT_EQ((Problem{{"a.yaml", 3, 7}, "wrong"}).text(), "a.yaml:3:7: wrong");
  EXPECT_EQ((Problem{{"a.yaml"}, "cannot be read"}).text(), "a.yaml: cannot be read");
}

TEST(Problems, AreToldInTheOrderOfTheirPlaces) {
  Problems problems;
  problems.add({"b.yaml", 1, 1}, "fourth");
  problems.add({"a.yaml", 10, 2}, "third");
  problems.add({"a.yaml", 9, 5}, "second");
  problems.add({"a.yaml", 9, 1}, "first");
  EXPECT_EQ(problems.text(),
            "a.yaml:9:1: first\na.yaml:9:5: second\na.yaml:10:2: third\nb.yaml:1:1: fourth\n");
}

TEST(Problems, BeyondTheLimitAreCountedNotKept) {
  Problems problems;
  EXPECT_TRUE(problems.empty());
  for (std::size_t i = 0; i < Problems::limit + 5; ++i) problems.add({"a.yaml", 1, 1}, "wrong");
  EXPECT_TRUE(problems.full());
  EXPECT_EQ(problems.sorted().size(), Problems::limit);
  EXPECT_TRUE(problems.text().ends_with("... and 5 more problems\n"));
}

TEST(Quote, EscapesControlCharactersAndCutsLongText) {
  EXPECT_EQ(quote("a\n\"b\"\x1b\\"), R"("a\n\"b\"\x1b\\")");
  EXPECT_EQ(quote(std::string(70, 'x')), '"' + std::string(60, 'x') + "...\"");
}

TEST(Quote, DoesNotCutThroughACharacter) {
  // 59 bytes and then a character of two bytes, which does not fit in whole.
  EXPECT_EQ(quote(std::string(59, 'x') + "\xc3\xa4yz"), '"' + std::string(59, 'x') + "...\"");
}

}  // namespace
}  // namespace vedette::config
