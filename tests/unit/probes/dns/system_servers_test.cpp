// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/system_servers.h"

#include <gtest/gtest.h>

#include "probes/dns/zone.h"

namespace vedette::dns {
namespace {

using Servers = std::vector<peer::Server>;

TEST(DnsSystemServers, AreTheFirstThreeNameservers) {
  EXPECT_EQ(parse_resolv_conf("# nameserver 1.1.1.1\nsearch example.com\nnameserver 192.0.2.1\r\n"
                              "\tnameserver   2001:db8::1 # ours\noptions rotate\n"
                              "nameserver nonsense\nnameserver 192.0.2.3\nnameserver 192.0.2.4"),
            (Servers{{"192.0.2.1", 53}, {"2001:db8::1", 53}, {"192.0.2.3", 53}}));
}

TEST(DnsSystemServers, AreTheMachineItselfWhenNoneIsConfigured) {
  EXPECT_EQ(parse_resolv_conf(""), (Servers{{"127.0.0.1", 53}}));
  EXPECT_EQ(parse_resolv_conf("nameserver"), (Servers{{"127.0.0.1", 53}}));
}

TEST(DnsZone, ParentIsOneLabelLess) {
  EXPECT_EQ(parent_of("www.example.com."), "example.com.");
  EXPECT_EQ(parent_of(R"(a\.b.example.)"), "example.");
  EXPECT_EQ(parent_of("com."), ".");
  EXPECT_EQ(parent_of("."), ".");
}

}  // namespace
}  // namespace vedette::dns
