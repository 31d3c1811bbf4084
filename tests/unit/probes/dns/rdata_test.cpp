// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/wire/rdata.h"

#include <gtest/gtest.h>

#include "probes/dns/wire/words.h"
#include "tests/support/dns_packet.h"

namespace vedette::dns {
namespace {

using test::be16;
using test::be32;
using test::wire_name;

std::optional<std::string> text_of(std::string_view type, const std::string& data,
                                   std::uint16_t klass = class_in) {
  return rdata_text(*parse_type(type), klass, Reader(data));
}

std::string bytes(std::initializer_list<int> values) {
  std::string out;
  for (const int value : values) out += static_cast<char>(value);
  return out;
}

TEST(DnsData, OfWellKnownTypesIsWrittenAsInZoneFiles) {
  EXPECT_EQ(text_of("A", bytes({192, 0, 2, 1})), "192.0.2.1");
  EXPECT_EQ(text_of("AAAA", bytes({0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1})),
            "2001:db8::1");
  EXPECT_EQ(text_of("CNAME", wire_name("Host.Example")), "host.example.");
  EXPECT_EQ(text_of("MX", be16(10) + wire_name("mail.example")), "10 mail.example.");
  EXPECT_EQ(text_of("NS", wire_name("")), ".");
  EXPECT_EQ(text_of("SRV", be16(1) + be16(2) + be16(5060) + wire_name("sip.example")),
            "1 2 5060 sip.example.");
  EXPECT_EQ(text_of("SOA", wire_name("ns.example") + wire_name("root.example") + be32(2026112501) +
                               be32(7200) + be32(900) + be32(1209600) + be32(300)),
            "ns.example. root.example. 2026112501 7200 900 1209600 300");
  EXPECT_EQ(text_of("CAA", bytes({0, 5}) + "issueletsencrypt.org"), R"(0 issue "letsencrypt.org")");
  EXPECT_EQ(text_of("URI", be16(10) + be16(1) + "https://a/"), R"(10 1 "https://a/")");
  EXPECT_EQ(text_of("NAPTR", be16(1) + be16(2) + "\1S" + "\3SIP" + bytes({0}) + wire_name("a.b")),
            R"(1 2 "S" "SIP" "" a.b.)");
}

TEST(DnsData, TextsAreQuotedAndEscaped) {
  EXPECT_EQ(text_of("TXT", bytes({11}) + "v=spf1 -all"), R"("v=spf1 -all")");
  EXPECT_EQ(text_of("TXT", bytes({1}) + "a" + bytes({0}) + bytes({4, '"', '\\', 0xff, '\n'})),
            R"("a" "" "\"\\\255\010")");
  EXPECT_EQ(text_of("TXT", ""), std::nullopt);
}

TEST(DnsData, OfDnssecIsWrittenAsInZoneFiles) {
  EXPECT_EQ(text_of("DS", be16(60485) + bytes({13, 2, 0xab, 0xcd})), "60485 13 2 ABCD");
  EXPECT_EQ(text_of("DNSKEY", be16(257) + bytes({3, 13}) + "key"), "257 3 13 a2V5");
  EXPECT_EQ(text_of("RRSIG", be16(1) + bytes({13, 2}) + be32(300) + be32(1767225600) +
                                 be32(1764547200) + be16(4711) + wire_name("example") + "sig"),
            "A 13 2 300 20260101000000 20251201000000 4711 example. c2ln");
  EXPECT_EQ(
      text_of("NSEC", wire_name("b.example") + bytes({0, 6, 0x40, 1, 0, 0, 0, 3, 1, 1, 0x40})),
      "b.example. A MX RRSIG NSEC CAA");
  EXPECT_EQ(text_of("NSEC3",
                    bytes({1, 0, 0, 5, 2, 0xab, 0xcd, 5, 0, 0x44, 0x32, 0x14, 0xc7, 0, 1, 0x40})),
            "1 0 5 ABCD 01234567 A");
  EXPECT_EQ(text_of("NSEC3PARAM", bytes({1, 0, 0, 0, 0})), "1 0 0 -");
  EXPECT_EQ(text_of("TLSA", bytes({3, 1, 1, 0x0f})), "3 1 1 0F");
}

TEST(DnsData, OfServicesNamesItsParameters) {
  const std::string target = be16(1) + wire_name("");
  EXPECT_EQ(
      text_of("HTTPS", target + be16(1) + be16(6) + "\2h2\2h3" + be16(3) + be16(2) + be16(8443) +
                           be16(4) + be16(4) + bytes({192, 0, 2, 1}) + be16(667) + be16(1) + "x"),
      R"(1 . alpn="h2,h3" port=8443 ipv4hint=192.0.2.1 key667="x")");
  EXPECT_EQ(text_of("SVCB", target), "1 .");
  EXPECT_EQ(text_of("HTTPS", target + be16(0) + be16(2) + be16(1) + be16(2) + be16(0)),
            "1 . mandatory=alpn no-default-alpn");
  const std::string port = be16(3) + be16(2) + be16(443);
  EXPECT_EQ(text_of("HTTPS", target + port + port), std::nullopt) << "keys must rise";
  EXPECT_EQ(text_of("HTTPS", target + be16(4) + be16(3) + "abc"), std::nullopt);
  EXPECT_EQ(text_of("HTTPS", target + be16(3) + be16(200) + "a"), std::nullopt);
}

TEST(DnsData, OfOtherTypesIsHex) {
  EXPECT_EQ(text_of("TYPE65280", bytes({0x0a, 0, 0, 1})), R"(\# 4 0A000001)");
  EXPECT_EQ(text_of("65280", ""), R"(\# 0)");
  EXPECT_EQ(text_of("A", be16(1), 3), R"(\# 2 0001)")
      << "an A record of class CH is something else";
}

TEST(DnsData, ThatDoesNotFitItsTypeIsNone) {
  EXPECT_EQ(text_of("A", bytes({192, 0, 2})), std::nullopt);
  EXPECT_EQ(text_of("A", bytes({192, 0, 2, 1, 1})), std::nullopt);
  EXPECT_EQ(text_of("MX", be16(10)), std::nullopt);
  EXPECT_EQ(text_of("TXT", bytes({5}) + "abc"), std::nullopt);
  EXPECT_EQ(text_of("CAA", bytes({0, 0}) + "x"), std::nullopt);
  EXPECT_EQ(text_of("NSEC", wire_name("b") + bytes({0, 33}) + std::string(33, '\1')), std::nullopt);
  EXPECT_EQ(text_of("NSEC", wire_name("b") + bytes({1, 1, 1, 0, 1, 1})), std::nullopt);
}

}  // namespace
}  // namespace vedette::dns
