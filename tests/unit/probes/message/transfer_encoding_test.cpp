// SPDX-License-Identifier: Apache-2.0
// Texts survive quoted-printable, Base64 and encoded words.
#include "probes/message/transfer_encoding.h"

#include <algorithm>
#include <random>

#include <gtest/gtest.h>

namespace vedette::message {
namespace {

TEST(QuotedPrintable, EscapesWhatWouldNotSurvive) {
  EXPECT_EQ(quoted_printable("a=b \n\u00e4\tx\n"), "a=3Db=20\r\n=C3=A4=09x\r\n");
  EXPECT_EQ(quoted_printable(".dot"), ".dot");
}

TEST(QuotedPrintable, BreaksLongLinesSoftly) {
  const std::string text(200, 'x');
  const std::string quoted = quoted_printable(text);
  for (std::size_t at = 0; at < quoted.size();) {
    const auto end = std::min(quoted.find("\r\n", at), quoted.size());
    EXPECT_LE(end - at, 76u);
    at = end + 2;
  }
  EXPECT_EQ(decode_quoted_printable(quoted), text);
}

TEST(QuotedPrintable, GivesBackWhateverItWasGiven) {
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int i = 0; i < 200; ++i) text += "\n =a\x80\xff."[random() % 8];
    EXPECT_EQ(decode_quoted_printable(quoted_printable(text)), text);
  }
}

TEST(DecodeQuotedPrintable, KeepsWhatIsNoEscape) {
  EXPECT_EQ(decode_quoted_printable("100=% =ZZ =4 =e4=\r\n!"), "100=% =ZZ =4 \xe4!");
}

TEST(DecodeBase64, SkipsWhatIsNoDigit) {
  EXPECT_EQ(decode_base64("aGVs\r\nbG8g\r\nd29y bGQ=\r\nignored"), "hello world");
  EXPECT_EQ(decode_base64("a"), "");
}

TEST(DecodeBody, FollowsTheHeader) {
  EXPECT_EQ(decode_body("a=3Db\r\n", "Quoted-Printable"), "a=b\n");
  EXPECT_EQ(decode_body("YQ0KYg0K", "base64"), "a\nb\n");
  EXPECT_EQ(decode_body("a\r\nb\n", "8bit"), "a\nb\n");
}

TEST(EncodeWords, LeavesAsciiAndCutsBetweenCharacters) {
  EXPECT_EQ(encode_words("plain text"), "plain text");
  std::string text;
  for (int i = 0; i < 40; ++i) text += "\u20ac\u00e4";
  const std::string words = encode_words(text);
  for (std::size_t at = 0; at < words.size();) {
    const auto end = std::min(words.find(' ', at), words.size());
    EXPECT_LE(end - at, 75u);
    at = end + 1;
  }
  EXPECT_EQ(encode_words("\u00e4"), "=?utf-8?B?w6Q=?=");
}

}  // namespace
}  // namespace vedette::message
