// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/wire/message.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/dns_packet.h"

namespace vedette::dns {
namespace {

using test::be16;
using test::be32;
using test::DnsPacket;
using test::wire_name;
using testing::HasSubstr;

const std::string pointer_to_question("\xc0\x0c", 2);
const std::string address("\xc0\0\2\1", 4);

std::string error_of(const std::string& bytes) {
  const auto message = parse_message(bytes);
  return message ? "no error" : message.error();
}

TEST(DnsMessage, IsReadWithAllItsSections) {
  const auto message = parse_message(
      DnsPacket(77, DnsPacket::response | DnsPacket::authoritative | DnsPacket::authenticated)
          .question("Shop.Example", 1)
          .answer(pointer_to_question, 1, address, 60)
          .authority(wire_name("example"), 2, wire_name("ns.example"))
          .additional(wire_name("ns.example"), 1, address)
          .edns(1232, 0x8000)
          .bytes());
  ASSERT_TRUE(message) << message.error();
  EXPECT_EQ(message->header.id, 77);
  EXPECT_TRUE(message->header.response && message->header.authoritative);
  EXPECT_TRUE(message->header.authenticated);
  EXPECT_FALSE(message->header.truncated || message->header.recursion_available);
  EXPECT_EQ(message->question->name, "shop.example.");
  ASSERT_EQ(message->answer.size(), 1u);
  EXPECT_EQ(message->answer[0].text(), "shop.example. A 192.0.2.1");
  EXPECT_EQ(message->answer[0].ttl, 60u);
  EXPECT_EQ(message->authority.at(0).text(), "example. NS ns.example.");
  ASSERT_EQ(message->additional.size(), 1u) << "OPT is no record";
  ASSERT_TRUE(message->edns);
  EXPECT_EQ(message->edns->udp_size, 1232);
  EXPECT_TRUE(message->edns->dnssec_ok);
}

TEST(DnsMessage, EdnsBringsTheUpperBitsOfTheResponseCodeAndExtendedErrors) {
  const std::string options =
      be16(10) + be16(2) + "ck" + be16(15) + be16(8) + be16(7) + "late\x1b!";
  const auto message =
      parse_message(DnsPacket(1).question("a", 1).edns(512, 0x01000000, options).bytes());
  ASSERT_TRUE(message) << message.error();
  EXPECT_EQ(message->header.rcode, 16);
  ASSERT_EQ(message->edns->errors.size(), 1u);
  EXPECT_EQ(message->edns->errors[0].code, 7);
  EXPECT_EQ(message->edns->errors[0].text, "late\\x1b!");
}

TEST(DnsMessage, SerialsAndEndsOfSignaturesAreKept) {
  const std::string soa = wire_name("ns") + wire_name("root") + be32(2026112501) + be32(1) +
                          be32(2) + be32(3) + be32(4);
  const std::string signature =
      be16(6) + "\x0d\1" + be32(300) + be32(1767225600) + be32(1) + be16(9) + wire_name("") + "sig";
  const auto message = parse_message(DnsPacket(1)
                                         .question("a", 6)
                                         .answer(pointer_to_question, 6, soa, 0x80000001)
                                         .answer(pointer_to_question, 46, signature)
                                         .bytes());
  ASSERT_TRUE(message) << message.error();
  EXPECT_EQ(message->answer[0].serial, 2026112501u);
  EXPECT_EQ(message->answer[0].ttl, 0u) << "a TTL with the top bit set counts as 0";
  EXPECT_EQ(message->answer[1].covered, 6);
  EXPECT_EQ(message->answer[1].signature_end, 1767225600u);
}

TEST(DnsMessage, PointersThatDoNotGoBackAreMalformed) {
  const std::string to_itself("\xc0\x12", 2);  // where the answer begins: 12 + 6
  EXPECT_THAT(error_of(DnsPacket(1).question("", 1).raw("?").answer(to_itself, 1, address).bytes()),
              HasSubstr("answer"));
  const std::string forward("\xc0\xff", 2);
  EXPECT_NE(error_of(DnsPacket(1).question("a", 1).answer(forward, 1, address).bytes()),
            "no error");
  // A name that goes on with itself.
  const std::string loop("\1a\xc0\x13", 4);
  EXPECT_NE(error_of(DnsPacket(1).question("a", 1).answer(loop, 1, address).bytes()), "no error");
}

// Each step back lengthens the name: beyond 255 bytes it is none, however short it is on the wire.
TEST(DnsMessage, NamesThatGrowThroughPointersAreBounded) {
  DnsPacket packet(1);
  packet.question("a", 1);
  std::string chain = wire_name(std::string(63, 'x'));
  std::size_t before = 12 + 7;
  for (int i = 0; i < 200; ++i) {
    const std::size_t here = 12 + 7 + chain.size();
    chain += "\3abc" + be16(static_cast<unsigned>(0xc000 | before));
    before = here;
  }
  packet.raw(chain);
  EXPECT_NE(
      error_of(packet.answer(be16(static_cast<unsigned>(0xc000 | before)), 1, address).bytes()),
      "no error");
}

TEST(DnsMessage, LengthsAndCountsThatLieAreMalformed) {
  EXPECT_THAT(error_of("short"), HasSubstr("5 bytes"));
  EXPECT_THAT(error_of(DnsPacket(1).bytes().replace(4, 2, be16(1))), HasSubstr("question"));
  EXPECT_THAT(error_of(DnsPacket(1).question("a", 1).lie(1).bytes()),
              HasSubstr("record 1 of 1 in the answer section"));
  std::string cut = DnsPacket(1).question("a", 1).answer(pointer_to_question, 1, address).bytes();
  cut.pop_back();
  EXPECT_THAT(error_of(cut), HasSubstr("cut off"));
  EXPECT_NE(error_of(DnsPacket(1).question("a", 1).edns(512, 0).edns(512, 0).bytes()), "no error");
}

TEST(DnsMessage, TruncatedOneMayEndAnywhereBehindItsQuestion) {
  std::string cut = DnsPacket(1, DnsPacket::response | DnsPacket::truncated)
                        .question("a", 1)
                        .answer(pointer_to_question, 1, address)
                        .answer(pointer_to_question, 1, address)
                        .bytes();
  cut.resize(cut.size() - 3);
  const auto message = parse_message(cut);
  ASSERT_TRUE(message) << message.error();
  EXPECT_EQ(message->answer.size(), 1u);
}

TEST(DnsMessage, FillsAllOf64KiB) {
  DnsPacket packet(1);
  packet.question("a", 1);
  for (int i = 0; i < 4000; ++i) packet.answer(pointer_to_question, 1, address);
  const auto message = parse_message(packet.bytes());
  ASSERT_TRUE(message) << message.error();
  EXPECT_EQ(message->answer.size(), 4000u);
}

TEST(DnsMessage, TextsThatCompressionBlowsUpAreBounded) {
  DnsPacket packet(1);
  const std::string label(60, '\1');
  packet.question(label + "." + label + "." + label, 2);
  for (int i = 0; i < 4000; ++i) packet.answer(pointer_to_question, 2, pointer_to_question);
  EXPECT_THAT(error_of(packet.bytes()), HasSubstr("as text"));
}

TEST(DnsMessage, BytesBehindTheLastRecordAreLetPass) {
  EXPECT_TRUE(parse_message(DnsPacket(1).question("a", 1).bytes() + "padding"));
}

}  // namespace
}  // namespace vedette::dns
