// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/imap_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes/mail/modified_utf7.h"

namespace vedette::mail {
namespace {

using testing::ElementsAre;
using testing::Optional;

TEST(SequenceSet, GoesBothWays) {
  EXPECT_THAT(parse_sequence_set("2,4:7,9,5"), Optional(ElementsAre(2u, 4u, 5u, 6u, 7u, 9u)));
  EXPECT_THAT(parse_sequence_set("7:5"), Optional(ElementsAre(5u, 6u, 7u)));
  EXPECT_THAT(parse_sequence_set("4294967295"), Optional(ElementsAre(4294967295u)));
  EXPECT_EQ(sequence_set({2, 4, 5, 6, 7, 9}), "2,4:7,9");
  EXPECT_EQ(sequence_set({}), "");
}

TEST(SequenceSet, RefusesWhatIsNoneOrTooLarge) {
  for (const char* text : {"", "*", "1:*", "0", "1,", "a", "1:2:3", "1 2", "1:4294967295",
                           "1:600000,1000000:1600000", "4294967296"}) {
    EXPECT_FALSE(parse_sequence_set(text)) << text;
  }
}

TEST(Quoted, EscapesQuotesAndBackslashes) {
  EXPECT_EQ(quoted(R"(a "b" \c)"), R"("a \"b\" \\c")");
  EXPECT_TRUE(can_be_quoted("a b"));
  EXPECT_FALSE(can_be_quoted("a\r\nb"));
  EXPECT_FALSE(can_be_quoted("ä"));
}

TEST(ModifiedUtf7, GoesBothWays) {
  const std::pair<const char*, const char*> examples[] = {
      {"INBOX", "INBOX"},
      {"Tom & Jerry", "Tom &- Jerry"},
      {"~peter/mail/台北/日本語", "~peter/mail/&U,BTFw-/&ZeVnLIqe-"},
      {"Entwürfe", "Entw&APw-rfe"},
      {"😀", "&2D3eAA-"},
      {"a\tb", "a&AAk-b"},
      {"", ""},
  };
  for (const auto& [utf8, wire] : examples) {
    EXPECT_EQ(encode_modified_utf7(utf8), wire);
    EXPECT_EQ(decode_modified_utf7(wire), utf8);
  }
}

TEST(ModifiedUtf7, RefusesWhatIsNone) {
  EXPECT_FALSE(encode_modified_utf7("\xff"));
  for (const char* wire : {"&", "&APw", "&A-", "&APw-&APw-", "&AGE-", "&2D0-", "&3gA-", "&!!-", "ü",
                           "a\tb", "&AP=-"}) {
    EXPECT_FALSE(decode_modified_utf7(wire)) << wire;
  }
}

}  // namespace
}  // namespace vedette::mail
