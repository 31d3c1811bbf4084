// SPDX-License-Identifier: Apache-2.0
#include "probes/peer/read_peer.h"

#include <gtest/gtest.h>

#include "config/document.h"

namespace vedette::peer {
namespace {

std::string parsed(std::string_view text, std::optional<std::uint16_t> port = std::nullopt) {
  const auto server = parse_server(text, port);
  return server ? server->text() : server.error();
}

TEST(ParseServer, TakesNamesAndAddressesWithAPort) {
  EXPECT_EQ(parsed("mail.example.com:587"), "mail.example.com:587");
  EXPECT_EQ(parsed("192.0.2.1:53"), "192.0.2.1:53");
  EXPECT_EQ(parsed("[2001:db8::1]:53"), "[2001:db8::1]:53");
}

TEST(ParseServer, FillsInTheDefaultPort) {
  EXPECT_EQ(parsed("mail.example.com", 25), "mail.example.com:25");
  EXPECT_EQ(parsed("2001:db8::1", 53), "[2001:db8::1]:53");
  EXPECT_EQ(parsed("[2001:db8::1]", 53), "[2001:db8::1]:53");
  EXPECT_EQ(parsed("mail.example.com:26", 25), "mail.example.com:26");
}

TEST(ParseServer, SaysWhatIsWrong) {
  EXPECT_EQ(parsed("mail.example.com"), "\"mail.example.com\" lacks a port: write host:port");
  for (const auto* text : {"mail:0", "mail:65536", "mail:", "mail:2x", "[::1]:-1"}) {
    EXPECT_NE(parsed(text).find("must be a number from 1 to 65535"), std::string::npos) << text;
  }
  for (const auto* text : {"", ":25", "http://x", "a b", "[::1",
                           "b\xc3\xbc"
                           "cher.example",
                           "user@host:25"}) {
    EXPECT_NE(parsed(text, 25).find("names no server"), std::string::npos) << parsed(text, 25);
  }
}

TEST(ReadServer, ComplainsWhereTheValueStands) {
  config::Problems problems;
  const auto node = config::parse("server: 'a b'", "test.yaml", problems);
  config::Section section(*node, "tcp", problems);
  EXPECT_TRUE(read_server(section, 25).host.empty());
  ASSERT_EQ(problems.sorted().size(), 1u);
  EXPECT_EQ(problems.sorted().front().place.text(), "test.yaml:1:9");
}

}  // namespace
}  // namespace vedette::peer
