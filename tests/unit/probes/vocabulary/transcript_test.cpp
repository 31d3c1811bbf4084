// SPDX-License-Identifier: Apache-2.0
#include "probes/transcript.h"

#include <gtest/gtest.h>

namespace vedette {
namespace {

TEST(Mask, ReplacesEverySecretEverywhere) {
  Mask mask;
  mask.add("hunter2");
  mask.add("token-1");
  EXPECT_EQ(mask.apply("a hunter2 b token-1 c hunter2"), "a *** b *** c ***");
  EXPECT_EQ(mask.apply("nothing"), "nothing");
}

TEST(Mask, LeavesNoTailWhenSecretsOverlap) {
  Mask mask;
  mask.add("abcdef");
  mask.add("defghi");
  mask.add("abcdefghijkl");
  EXPECT_EQ(mask.apply("<abcdefghi>"), "<***>");
  EXPECT_EQ(mask.apply("<abcdefghijkl>"), "<***>");
}

TEST(Mask, CoversRepeatsThatOverlapThemselves) {
  Mask mask;
  mask.add("abab");
  EXPECT_EQ(mask.apply("xababaab"), "x***aab");
  EXPECT_EQ(mask.apply("ababab"), "***");
}

TEST(Mask, MasksASecretThatTheEndCutsOff) {
  Mask mask;
  mask.add("hunter2hunter2");
  EXPECT_EQ(mask.apply("password=hunter2hun"), "password=***");
  EXPECT_EQ(mask.apply("password=hun"), "password=hun");
}

TEST(Mask, IgnoresSecretsTooShortToSearchFor) {
  Mask mask;
  mask.add("abc");
  mask.add("");
  mask.add_with_encodings("&&");
  EXPECT_TRUE(mask.empty());
  EXPECT_EQ(mask.apply("abc"), "abc");
}

TEST(Mask, KnowsTheShapesInWhichServersEchoASecret) {
  Mask mask;
  mask.add_with_encodings("p/s \"w<&");
  for (const char* echo :
       {"p/s \"w<&", "p%2Fs%20%22w%3C%26", "p%2fs%20%22w%3c%26", "p%2Fs+%22w%3C%26", "p/s \\\"w<&",
        "p\\/s \\\"w<&", "p/s \\\"w\\u003c\\u0026", "p/s &quot;w&lt;&amp;", "cC9zICJ3PCY="}) {
    EXPECT_EQ(mask.apply(echo), "***") << echo;
  }
}

TEST(Transcript, KeepsLinesInOrder) {
  Transcript transcript;
  transcript.add("> GET / HTTP/1.1");
  transcript.add("< HTTP/1.1 200 OK");
  EXPECT_EQ(transcript.text(), "> GET / HTTP/1.1\n< HTTP/1.1 200 OK\n");
  EXPECT_EQ(transcript.left_out(), 0u);
}

TEST(Transcript, EscapesControlCharacters) {
  Transcript transcript;
  transcript.add(std::string_view("a\x1b[31m\r\n\t\0\x7f", 11));
  EXPECT_EQ(transcript.text(), "a\\x1b[31m\\r\\n\\t\\x00\\x7f\n");
}

TEST(Transcript, CutsLongLinesBetweenCharactersAndCountsTheRest) {
  Transcript transcript;
  transcript.add(std::string(Transcript::max_line - 1, 'a') + "é!");
  EXPECT_EQ(transcript.text(), std::string(Transcript::max_line - 1, 'a') + "\n");
  EXPECT_EQ(transcript.left_out(), 3u);
}

TEST(Transcript, CutsAnEndlessRunOfContinuationBytesToo) {
  Transcript transcript;
  transcript.add(std::string(Transcript::max_line * 2, '\xa0'));
  EXPECT_EQ(transcript.text().size(), Transcript::max_line * 4 + 1);  // each as \\xa0
  EXPECT_EQ(transcript.left_out(), Transcript::max_line);
}

TEST(Transcript, StopsAtItsBoundAndKeepsNothingAfterTheFirstLineThatDidNotFit) {
  Transcript transcript;
  const std::string line(500, 'x');
  for (int i = 0; i < 20; ++i) transcript.add(line);
  const std::size_t kept = transcript.text().size();
  EXPECT_LE(kept, Transcript::max_bytes);
  EXPECT_EQ(kept, 8 * 501u);
  transcript.add("tiny");
  EXPECT_EQ(transcript.text().size(), kept);
  EXPECT_EQ(transcript.left_out(), 12 * 500u + 4);
}

TEST(Transcript, BoundsBinaryGarbageAfterEscaping) {
  Transcript transcript;
  for (int i = 0; i < 10; ++i) transcript.add(std::string(Transcript::max_line, '\x01'));
  EXPECT_LE(transcript.text().size(), Transcript::max_bytes);
}

}  // namespace
}  // namespace vedette
