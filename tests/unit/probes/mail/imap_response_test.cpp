// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/imap_response.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes/mail/imap_data.h"
#include "probes/mail/imap_reader.h"

namespace vedette::mail {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Optional;
using testing::Pair;

ImapResponse parsed(std::string_view bytes) {
  const auto response = parse_imap_response(bytes);
  EXPECT_TRUE(response.has_value()) << bytes;
  return response.value_or(ImapResponse{});
}

bool completes(ImapReader& reader, std::string_view line) {
  const auto read = reader.line(line);
  return read && !read->has_value();
}

TEST(ImapReader, JoinsLinesAndLiterals) {
  ImapReader reader(1000);
  EXPECT_THAT(reader.line("* 1 FETCH (BODY[] {5}"), Optional(Optional(5u)));
  reader.literal("a\r\nb");
  reader.literal("c");
  EXPECT_THAT(reader.line(" BODY[TEXT] ~{0+}"), Optional(Optional(0u)));
  EXPECT_TRUE(completes(reader, ")"));
  EXPECT_EQ(reader.take(), "* 1 FETCH (BODY[] {5}\r\na\r\nbc BODY[TEXT] ~{0+}\r\n)");
  EXPECT_TRUE(completes(reader, "* OK"));
}

TEST(ImapReader, SeesNoLiteralInTextForPeople) {
  for (const char* line : {"* OK see {5}", "a1 NO try {99999999999}", "+ go on {3}", "* BYE {1}",
                           "* 1 FETCH (FLAGS ({}))", "* LIST () {x}"}) {
    ImapReader reader(1000);
    EXPECT_TRUE(completes(reader, line)) << line;
  }
}

TEST(ImapReader, RefusesWhatIsTooLarge) {
  EXPECT_THAT(ImapReader(1000).line("* 1 FETCH (BODY[] {4000000000}").error(),
              HasSubstr("larger than 1000 bytes"));
  EXPECT_FALSE(ImapReader(1000).line("* X {99999999999999999999999999}"));
  EXPECT_FALSE(ImapReader(1000).line(std::string(1000, 'x')));
  ImapReader reader(100);
  ASSERT_TRUE(reader.line("* X {60}"));
  reader.literal(std::string(60, 'x'));
  EXPECT_FALSE(reader.line(std::string(40, 'x')));
}

TEST(ImapResponse, OfStatusHasACodeAndAText) {
  const ImapResponse next = parsed("* OK [UIDNEXT 17] Predicted next UID");
  EXPECT_EQ(next.kind, ImapResponse::Kind::untagged);
  EXPECT_TRUE(next.ok());
  EXPECT_EQ(next.code, "UIDNEXT");
  EXPECT_EQ(next.code_values, "17");
  EXPECT_EQ(next.rest, "Predicted next UID");

  const ImapResponse no = parsed("a7 no [nonexistent] Mailbox \"x\" does not exist");
  EXPECT_EQ(no.tag, "a7");
  EXPECT_EQ(no.status, ImapStatus::no);
  EXPECT_EQ(no.words(), "NO [NONEXISTENT] Mailbox \"x\" does not exist");
  EXPECT_EQ(parsed("* OK [BADCHARSET (\"a]b\")] x").code_values, "(\"a]b\")");
  EXPECT_EQ(parsed("* OK [never closed").rest, "[never closed");
  EXPECT_EQ(parsed("a1 OK").status, ImapStatus::ok);
  EXPECT_EQ(parsed("* PREAUTH hello").status, ImapStatus::preauth);
}

TEST(ImapResponse, OfDataHasANameAndPerhapsANumber) {
  const ImapResponse exists = parsed("* 12 exists");
  EXPECT_EQ(exists.name, "EXISTS");
  EXPECT_THAT(exists.number, Optional(12u));
  EXPECT_EQ(parsed("* CAPABILITY IMAP4rev1 IDLE").rest, "IMAP4rev1 IDLE");
  EXPECT_EQ(parsed("+ YWJj").rest, "YWJj");
  EXPECT_EQ(parsed("+").kind, ImapResponse::Kind::go_on);
}

TEST(ImapResponse, RefusesWhatIsNone) {
  for (const char* bytes : {"", " ", "*", "* ", "* 5", "* 99999999999 EXISTS", "* 5EXISTS", "a1",
                            "a1 HELLO", "220 mail.shop.test ESMTP", "a-1 OK", "\x01\x02 OK"}) {
    EXPECT_FALSE(parse_imap_response(bytes).has_value()) << bytes;
  }
}

TEST(ImapData, FetchHoldsFlagsAndParts) {
  const auto message = parse_fetch(
      7,
      "(UID 42 FLAGS (\\Seen $Junk) RFC822.SIZE 1234 INTERNALDATE \"17-Jul-1996 02:44:25 -0700\""
      " ENVELOPE (\"x\" ((NIL NIL \"a\" \"b\"))) BODY[HEADER.FIELDS (Subject)] {13}\r\nSubject: "
      ")\"\r\n "
      "BODY[TEXT]<0> \"a \\\"b\\\"\" X-GM-LABELS ())");
  ASSERT_TRUE(message);
  EXPECT_EQ(message->number, 7u);
  EXPECT_THAT(message->uid, Optional(42u));
  EXPECT_TRUE(message->has_flag("\\seen"));
  EXPECT_FALSE(message->has_flag("\\Deleted"));
  EXPECT_THAT(message->size, Optional(1234u));
  EXPECT_THAT(message->parts, ElementsAre(Pair("BODY[HEADER.FIELDS (SUBJECT)]", "Subject: )\"\r\n"),
                                          Pair("BODY[TEXT]<0>", "a \"b\"")));
  EXPECT_EQ(*message->part("text"), "a \"b\"");
  EXPECT_EQ(message->part(""), nullptr);
}

TEST(ImapData, FetchThatLiesIsNone) {
  for (const char* rest : {"", "(", "(UID", "(UID x)", "(UID 5", "(BODY[] {50}\r\nshort)",
                           "(BODY[] {2}x)", "(FLAGS \\Seen)", "(BODY[] \"open)", "(X ((((()))"}) {
    EXPECT_FALSE(parse_fetch(1, rest)) << rest;
  }
  EXPECT_FALSE(parse_fetch(1, "(X " + std::string(100'000, '(') + ")"));
}

TEST(ImapData, StatusAndListNameTheirMailbox) {
  const auto status = parse_status(
      "\"Entw&APw-rfe\" (MESSAGES 17 UNSEEN 2 UIDNEXT 99 UIDVALIDITY 5 SIZE "
      "9999999999 HIGHESTMODSEQ 7)");
  ASSERT_TRUE(status);
  EXPECT_EQ(status->mailbox, "Entwürfe");
  EXPECT_THAT(status->messages, Optional(17u));
  EXPECT_THAT(status->unseen, Optional(2u));
  EXPECT_THAT(status->size, Optional(9999999999u));
  EXPECT_FALSE(status->recent);
  EXPECT_FALSE(parse_status("INBOX (MESSAGES -1)"));

  const auto list = parse_list("(\\HasNoChildren \\Junk) \".\" {4}\r\nSpam");
  ASSERT_TRUE(list);
  EXPECT_EQ(list->name, "Spam");
  EXPECT_EQ(list->delimiter, ".");
  EXPECT_THAT(list->attributes, ElementsAre("\\HasNoChildren", "\\Junk"));
  EXPECT_EQ(parse_list("() NIL INBOX")->delimiter, "");
}

TEST(ImapData, SearchResultsAreSortedNumbers) {
  EXPECT_THAT(parse_search("2 84 3 84"), Optional(ElementsAre(2u, 3u, 84u)));
  EXPECT_THAT(parse_search(""), Optional(ElementsAre()));
  EXPECT_THAT(parse_search("1 (MODSEQ 5)"), Optional(ElementsAre(1u)));
  EXPECT_FALSE(parse_search("1 x"));
  const auto found = parse_esearch("(TAG \"a5\") UID ALL 2,10:11 COUNT 3 MIN 2 MAX 11 MODSEQ 5");
  ASSERT_TRUE(found);
  EXPECT_THAT(found->all, Optional(ElementsAre(2u, 10u, 11u)));
  EXPECT_THAT(found->count, Optional(3u));
  EXPECT_FALSE(parse_esearch("(TAG \"a5\") UID")->all);
  EXPECT_FALSE(parse_esearch("(TAG \"a5\") UID ALL 1:4294967295")->all);
}

TEST(ImapData, QuotaAndAppendUid) {
  const auto quota = parse_quota("\"User quota\" (STORAGE 10 512 MESSAGE 3 100)");
  ASSERT_TRUE(quota);
  EXPECT_EQ(quota->root, "User quota");
  ASSERT_EQ(quota->resources.size(), 2u);
  EXPECT_EQ(quota->resources[1].used, 3u);
  EXPECT_EQ(quota->resources[1].limit, 100u);
  EXPECT_EQ(parse_quota("\"\" ()")->resources.size(), 0u);
  EXPECT_EQ(parse_append_uid("38505 3955")->uid, 3955u);
  EXPECT_FALSE(parse_append_uid("38505"));
}

}  // namespace
}  // namespace vedette::mail
