// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/wire/query.h"

#include <gtest/gtest.h>

#include "probes/dns/wire/name.h"
#include "probes/dns/wire/words.h"
#include "tests/support/dns_packet.h"

namespace vedette::dns {
namespace {

using test::DnsPacket;

Query query_for(std::string_view name, std::uint16_t type = 1) {
  Query query;
  query.name = *encode_name(name);
  query.type = type;
  return query;
}

Mismatch mismatch(const Query& query, const std::string& bytes) {
  const auto found = match_answer(query, 7, bytes);
  EXPECT_FALSE(found);
  return found ? Mismatch{} : found.error().why;
}

TEST(DnsQuery, HoldsTheQuestionAndRecursionIsDesired) {
  EXPECT_EQ(encode_query(query_for("shop.example", 15), 0x1234),
            DnsPacket(0x1234, DnsPacket::recursion_desired).question("shop.example", 15).bytes());
}

TEST(DnsQuery, CarriesTheFlagsAndEdnsThatWereAskedFor) {
  Query query = query_for("a", 16);
  query.klass = 3;
  query.recursion = false;
  query.authenticated = true;
  query.checking_disabled = true;
  query.edns_size = 1232;
  query.dnssec_ok = true;
  EXPECT_EQ(encode_query(query, 1),
            DnsPacket(1, DnsPacket::authenticated | DnsPacket::checking_disabled)
                .question("a", 16, 3)
                .edns(1232, 0x8000)
                .bytes());
}

TEST(DnsQuery, AnswersAreTakenWhateverTheCaseOfTheName) {
  const auto found =
      match_answer(query_for("shop.example"), 7, DnsPacket(7).question("SHOP.Example", 1).bytes());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->header.rcode, rcode::noerror);
}

TEST(DnsQuery, WrongIdAndWrongQuestionAreToldApart) {
  const Query query = query_for("shop.example");
  EXPECT_EQ(mismatch(query, DnsPacket(8).question("shop.example", 1).bytes()), Mismatch::wrong_id);
  EXPECT_EQ(mismatch(query, DnsPacket(7).question("shop.example.net", 1).bytes()),
            Mismatch::wrong_question);
  EXPECT_EQ(mismatch(query, DnsPacket(7).question("shop.example", 28).bytes()),
            Mismatch::wrong_question);
  EXPECT_EQ(mismatch(query, DnsPacket(7).bytes()), Mismatch::wrong_question);
  EXPECT_EQ(mismatch(query, "garbage"), Mismatch::malformed);
  EXPECT_EQ(mismatch(query, DnsPacket(7, 0).question("shop.example", 1).bytes()),
            Mismatch::malformed);
}

TEST(DnsQuery, ErrorsMayLeaveTheQuestionOut) {
  const auto found = match_answer(query_for("shop.example"), 7,
                                  DnsPacket(7, DnsPacket::response | rcode::refused).bytes());
  ASSERT_TRUE(found);
  EXPECT_EQ(found->header.rcode, rcode::refused);
}

TEST(DnsWords, TypesAndClassesGoByNameOrNumber) {
  EXPECT_EQ(parse_type("mx"), 15);
  EXPECT_EQ(parse_type("TYPE65280"), 65280);
  EXPECT_EQ(parse_type("type15"), 15);
  EXPECT_EQ(parse_type("257"), 257);
  EXPECT_EQ(parse_type("ANY"), 255);
  EXPECT_FALSE(parse_type("MXX"));
  EXPECT_FALSE(parse_type("TYPE"));
  EXPECT_FALSE(parse_type("70000"));
  EXPECT_FALSE(parse_type("OPT"));
  EXPECT_FALSE(parse_type("AXFR"));
  EXPECT_FALSE(parse_type("252")) << "AXFR: a transfer is no query";
  EXPECT_EQ(type_text(65), "HTTPS");
  EXPECT_EQ(type_text(65280), "TYPE65280");
  EXPECT_EQ(parse_class("ch"), 3);
  EXPECT_EQ(class_text(32), "CLASS32");
  EXPECT_EQ(parse_rcode("nxdomain"), 3);
  EXPECT_EQ(rcode_text(3841), "RCODE3841");
  EXPECT_FALSE(parse_rcode("5000"));
}

}  // namespace
}  // namespace vedette::dns
