// SPDX-License-Identifier: Apache-2.0
// What the servers of the world write into Received, and whether the way was encrypted.
#include "probes/message/received.h"

#include <gtest/gtest.h>

namespace vedette::message {
namespace {

TEST(ParseReceived, ReadsPostfix) {
  const Hop hop = parse_received(
      "from agent.example.com (agent.example.com [192.0.2.7])\t(using TLSv1.3 with cipher "
      "TLS_AES_256_GCM_SHA384 (256/256 bits)\t key-exchange X25519)\t(No client certificate "
      "requested)\tby mx.example.com (Postfix) with ESMTPSA id 4Xyz\tfor <probe@example.com>; "
      "Wed, 25 Nov 2026 10:00:00 +0000 (UTC)");
  EXPECT_EQ(hop.from, "agent.example.com");
  EXPECT_EQ(hop.by, "mx.example.com");
  EXPECT_EQ(hop.protocol, "ESMTPSA");
  EXPECT_TRUE(hop.smtp);
  EXPECT_TRUE(hop.tls);
  EXPECT_FALSE(hop.loopback);
  EXPECT_EQ(describe(hop), "by mx.example.com with ESMTPSA (TLS)");
}

TEST(ParseReceived, ReadsOtherServersRemarksAboutTls) {
  EXPECT_TRUE(parse_received("from a by mx.google.com with SMTP id x (version=TLS1_3 "
                             "cipher=TLS_AES_128_GCM_SHA256 bits=128/128); Wed, 25 Nov 2026")
                  .tls);
  const Hop exchange = parse_received(
      "from A.outlook.com (2603::1) by B.outlook.com (2603::2) with Microsoft SMTP Server "
      "(version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.1; Wed");
  EXPECT_EQ(exchange.protocol, "Microsoft SMTP Server");
  EXPECT_TRUE(exchange.smtp);
  EXPECT_TRUE(exchange.tls);
  EXPECT_TRUE(parse_received("from a ([192.0.2.1]) by b with esmtps (TLS1.3) tls X").tls);
  EXPECT_TRUE(parse_received("from a by b with UTF8SMTPSA id 1").tls);
}

TEST(ParseReceived, DoesNotTakePlainForTls) {
  EXPECT_FALSE(parse_received("from a by b with ESMTP (no TLS) id 1; Wed").tls);
  EXPECT_FALSE(parse_received("from tls1.example.com by b with ESMTP id 1; Wed").tls);
  EXPECT_FALSE(parse_received("from a by b with ESMTP id 1; (TLS1.3)").tls);
}

TEST(ParseReceived, KnowsLocalHops) {
  const Hop lmtp = parse_received(
      "from mx ([127.0.0.1])\tby store with LMTP\tid abc\t"
      "(envelope-from <a@b>)\tfor <c@d>; Wed");
  EXPECT_FALSE(lmtp.smtp);
  EXPECT_TRUE(lmtp.loopback);
  EXPECT_TRUE(parse_received("from x (x [IPv6:::1]) by y with ESMTP id 1").loopback);
  EXPECT_FALSE(parse_received("from x (x [192.0.2.1]) by y ([127.0.0.1]) with ESMTP").loopback);
  EXPECT_EQ(parse_received("by mx.example.com (Postfix, from userid 1000) id 12; Wed").from, "");
}

Headers way(std::initializer_list<const char*> values) {
  Headers headers;
  for (const char* value : values) headers.emplace_back("Received", value);
  return headers;
}

TEST(ReceivedOverTls, NeedsTlsOnEveryHopBetweenMachines) {
  constexpr auto tls = "from a (a [192.0.2.1]) by b with ESMTPS id 1";
  constexpr auto plain = "from a (a [192.0.2.1]) by b with ESMTP id 1";
  constexpr auto filter = "from localhost (localhost [127.0.0.1]) by b with ESMTP id 1";
  constexpr auto lmtp = "from a by b with LMTP id 1";
  EXPECT_TRUE(received_over_tls(way_of(way({lmtp, filter, tls}))));
  EXPECT_FALSE(received_over_tls(way_of(way({lmtp, plain, tls}))));
  EXPECT_FALSE(received_over_tls(way_of(way({lmtp, filter}))));
  EXPECT_FALSE(received_over_tls({}));
}

}  // namespace
}  // namespace vedette::message
