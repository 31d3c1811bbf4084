// SPDX-License-Identifier: Apache-2.0
// A fetched message is taken apart, whatever bytes it is made of.
#include "probes/message/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace vedette::message {
namespace {

using testing::ElementsAre;
using testing::Pair;

TEST(ParseMessage, UnfoldsFieldsAndKeepsTheBodyAsItIs) {
  const Message message = parse(
      "Subject: a long\r\n\tsubject\r\nX-Empty:\r\nFrom : probe@example.com \r\n\r\nline one\r\n"
      "Not: a header\r\n");
  EXPECT_THAT(message.headers, ElementsAre(Pair("Subject", "a long\tsubject"), Pair("X-Empty", ""),
                                           Pair("From", "probe@example.com")));
  EXPECT_EQ(message.body, "line one\r\nNot: a header\r\n");
}

TEST(ParseMessage, TakesBareLineFeeds) {
  const Message message = parse("A: 1\nB: 2\n\nbody\n");
  EXPECT_THAT(message.headers, ElementsAre(Pair("A", "1"), Pair("B", "2")));
  EXPECT_EQ(message.body, "body\n");
}

TEST(ParseMessage, LeavesOutWhatIsNoField) {
  const Message message = parse(
      " folded onto nothing\r\nno colon\r\n folded onto that\r\n"
      ": no name\r\nGood: yes\r\nBad name: x\r\n");
  EXPECT_THAT(message.headers, ElementsAre(Pair("Good", "yes")));
  EXPECT_TRUE(message.body.empty());
}

TEST(ParseMessage, IsBounded) {
  std::string raw;
  for (int i = 0; i < 2000; ++i) raw += "A: 1\r\n";
  EXPECT_EQ(parse(raw).headers.size(), max_fields);
  std::string folded = "A: 1\r\n";
  for (int i = 0; i < 2000; ++i) folded += " 0123456789abcdef\r\n";
  EXPECT_LE(parse(folded).headers.front().second.size(), max_value);
}

TEST(ParseMessage, NamesAreFoundWithoutCase) {
  const Message message = parse("RECEIVED: a\r\nreceived: b\r\n\r\n");
  EXPECT_EQ(*find(message.headers, "Received"), "a");
  EXPECT_EQ(count(message.headers, "Received"), 2u);
  EXPECT_EQ(find(message.headers, "Date"), nullptr);
}

TEST(Collapse, LeavesSingleSpacesBetweenWords) {
  EXPECT_EQ(collapse("  a \t b  "), "a b");
  EXPECT_EQ(collapse(" \t "), "");
}

}  // namespace
}  // namespace vedette::message
