// SPDX-License-Identifier: Apache-2.0
#include "probes/encoding.h"

#include <gtest/gtest.h>

namespace vedette {
namespace {

// The vectors of RFC 4648, section 10.
TEST(Base64, EncodesTheVectorsOfTheStandard) {
  EXPECT_EQ(base64(""), "");
  EXPECT_EQ(base64("f"), "Zg==");
  EXPECT_EQ(base64("fo"), "Zm8=");
  EXPECT_EQ(base64("foo"), "Zm9v");
  EXPECT_EQ(base64("foob"), "Zm9vYg==");
  EXPECT_EQ(base64("fooba"), "Zm9vYmE=");
  EXPECT_EQ(base64("foobar"), "Zm9vYmFy");
  EXPECT_EQ(base64("\xff\xfe\xfd"), "//79");
}

TEST(Base64, DecodesWhatItEncodes) {
  for (const char* bytes : {"", "f", "fo", "foo", "foobar", "\xff\xfe\xfd"}) {
    EXPECT_EQ(base64_decode(base64(bytes)), bytes);
  }
  for (const char* text : {"Zg", "Zg=", "====", "Z===", "Zg==Zg==", "Zm9v!mFy", "Zm 9"}) {
    EXPECT_FALSE(base64_decode(text)) << text;
  }
}

TEST(PercentEncode, KeepsOnlyUnreservedCharacters) {
  EXPECT_EQ(percent_encode("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(percent_encode("a b&c=d/é"), "a%20b%26c%3Dd%2F%C3%A9");
}

TEST(FormEncode, WritesASpaceAsPlus) {
  EXPECT_EQ(form_encode("a b+c"), "a+b%2Bc");
}

TEST(JsonEscape, EscapesWhatJsonForbids) {
  EXPECT_EQ(json_escape("a\"b\\c\n\t\x01é"), "a\\\"b\\\\c\\n\\t\\u0001é");
}

TEST(Hex, IsTwoDigitsAByte) {
  EXPECT_EQ(hex(std::string_view("\x00\x0f\xa7\xff", 4)), "000fa7ff");
  EXPECT_EQ(hex(""), "");
}

TEST(HtmlEscape, EscapesTheFiveCharacters) {
  EXPECT_EQ(html_escape("<a href=\"x\">'&'</a>"),
            "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
}

TEST(Printable, KeepsTextAndEscapesControlCharacters) {
  EXPECT_EQ(printable("Grüße, 世界 🙂"), "Grüße, 世界 🙂");
  EXPECT_EQ(printable("a\n\r\t\x1b\x7f"), "a\\n\\r\\t\\x1b\\x7f");
}

TEST(Printable, EscapesEveryByteThatIsNoUtf8) {
  EXPECT_EQ(printable("\xff"), "\\xff");
  EXPECT_EQ(printable("\xc3"), "\\xc3");                             // cut off
  EXPECT_EQ(printable("\xc0\xaf"), "\\xc0\\xaf");                    // overlong "/"
  EXPECT_EQ(printable("\xe0\x80\xaf"), "\\xe0\\x80\\xaf");           // overlong
  EXPECT_EQ(printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");           // surrogate
  EXPECT_EQ(printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");  // over U+10FFFF
  EXPECT_EQ(printable("\xe4\xb8z"), "\\xe4\\xb8z");
}

TEST(Shorten, CutsBetweenCharacters) {
  EXPECT_EQ(shorten("abc", 3), "abc");
  EXPECT_EQ(shorten("abcd", 3), "abc");
  EXPECT_EQ(shorten("ab\xc3\xa9", 3), "ab");
  EXPECT_EQ(shorten("\xf0\x9f\x99\x82", 3), "");
  EXPECT_EQ(shorten("\xa0\xa0\xa0\xa0\xa0\xa0\xa0\xa0", 6).size(), 6u);
}

}  // namespace
}  // namespace vedette
