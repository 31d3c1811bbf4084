// SPDX-License-Identifier: Apache-2.0
#include "agent/metrics/published_text.h"

#include <thread>

#include <gtest/gtest.h>

namespace vedette::metrics {
namespace {

std::string read(const PublishedText& text) {
  std::string out;
  text.append_to(out);
  return out;
}

TEST(PublishedText, IsEmptyAtFirst) {
  PublishedText text;
  std::string out = "before";
  EXPECT_FALSE(text.append_to(out));
  EXPECT_EQ(out, "before");
}

TEST(PublishedText, ShowsTheLastTextAndCanBeEmptiedAgain) {
  PublishedText text;
  text.set("one");
  text.set("two");
  EXPECT_EQ(read(text), "two");
  text.set("");
  EXPECT_EQ(read(text), "");
}

// Under the sanitizers this also shows that no text is freed while it is read.
TEST(PublishedText, AReaderNeverSeesHalfAText) {
  PublishedText text;
  std::atomic<bool> reading{true};
  std::jthread writer([&] {
    for (std::size_t i = 0; reading; ++i)
      text.set(std::string(i % 200, static_cast<char>('a' + i % 26)));
  });
  for (int i = 0; i < 20'000; ++i) {
    const std::string seen = read(text);
    if (seen.empty()) continue;
    ASSERT_EQ(seen, std::string(seen.size(), seen[0]));
  }
  reading = false;
}

}  // namespace
}  // namespace vedette::metrics
