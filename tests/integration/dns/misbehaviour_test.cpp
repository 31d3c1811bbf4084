// SPDX-License-Identifier: Apache-2.0
// Name servers that lie, stall and break off: each ends in its own reason, on time.
#include <fmt/format.h>

#include "tests/integration/dns/dns_site.h"
#include "tests/support/dns_packet.h"
#include "tests/support/free_port.h"
#include "tests/support/scripted_server.h"
#include "tests/support/udp_server.h"

namespace vedette::test {
namespace {

using testing::HasSubstr;

constexpr Duration patience = 400ms;
const std::string pointer_to_question("\xc0\x0c", 2);
const std::string address("\xc0\0\2\1", 4);

unsigned id_of(const std::string& query) {
  return static_cast<unsigned>(static_cast<unsigned char>(query[0]) << 8U |
                               static_cast<unsigned char>(query[1]));
}

DnsPacket answer_to(const std::string& query, unsigned flags = 0) {
  return DnsPacket(id_of(query), DnsPacket::response | flags).question("shop.test", 1);
}

std::string good_answer(const std::string& query) {
  return answer_to(query).answer(pointer_to_question, 1, address).bytes();
}

std::string with_id(std::string message, unsigned id) {
  return message.replace(0, 2, be16(id));
}

class DnsMisbehaviourTest : public DnsProbeTest {
 protected:
  Result ask(const std::string& authority, const std::string& more = {},
             Duration timeout = patience) {
    return run("shop.test", fmt::format("server: \"{}\"\n{}", authority, more), timeout);
  }

  Result ask_udp(UdpServer::Handler handler, const std::string& more = {}) {
    UdpServer server(std::move(handler));
    return ask(server.authority(), more);
  }

  Result ask_tcp(Script script) {
    ScriptedServer server(std::move(script));
    return ask(server.authority(), "transport: tcp");
  }
};

TEST_F(DnsMisbehaviourTest, SilenceIsATimeout) {
  const Result result = ask_udp([](const std::string&) { return std::vector<Datagram>(); });
  EXPECT_THAT(result, FailsWith(Reason::dns_timeout));
  EXPECT_EQ(gauge(result, "probe_dns_query_succeeded"), 0);
}

TEST_F(DnsMisbehaviourTest, AServfailIsBogusWhenUncheckedThereIsAnAnswerBeItCut) {
  const Result result = ask_udp([](const std::string& query) {
    const bool unchecked = (static_cast<unsigned char>(query[3]) & 0x10U) != 0;
    constexpr unsigned servfail = 2;
    const unsigned flags = unchecked ? unsigned{DnsPacket::truncated} : servfail;
    return std::vector<Datagram>{{answer_to(query, flags).bytes()}};
  });
  EXPECT_THAT(result, FailsWith(Reason::dns_bogus));
}

TEST_F(DnsMisbehaviourTest, ClosedPortIsToldAtOnce) {
  const Result result = ask(fmt::format("127.0.0.1:{}", free_port()), {}, 10s);
  EXPECT_THAT(result, FailsWith(Reason::connect_refused));
  EXPECT_LT(result.duration, 5s);
}

TEST_F(DnsMisbehaviourTest, OverIpv6ItIsTheSame) {
  if (!has_ipv6_loopback()) GTEST_SKIP() << "this machine has no ::1";
  UdpServer server(
      [](const std::string& query) {
        return std::vector<Datagram>{{good_answer(query), true}, {good_answer(query)}};
      },
      "::1");
  const Result result = ask(server.authority());
  EXPECT_THAT(result, Passes());
  EXPECT_EQ(gauge(result, "probe_ip_protocol"), 6);
  EXPECT_THAT(ask(fmt::format("[::1]:{}", free_port()), {}, 10s),
              FailsWith(Reason::connect_refused));
}

TEST_F(DnsMisbehaviourTest, GarbageIsMalformed) {
  const Result result = ask_udp([](const std::string& query) {
    return std::vector<Datagram>{{query.substr(0, 2) + "\xFF\xFF\xFF\xFF no DNS at all"}};
  });
  EXPECT_THAT(result, FailsWith(Reason::dns_malformed));
  EXPECT_LT(result.duration, patience) << "nothing better will come";
  EXPECT_THAT(ask_udp([](const std::string&) {
                return std::vector<Datagram>{{"x"}, {""}};
              }),
              FailsWith(Reason::dns_malformed));
}

TEST_F(DnsMisbehaviourTest, AnswerThatIsCutOffIsMalformed) {
  EXPECT_THAT(ask_udp([](const std::string& query) {
                std::string bytes = good_answer(query);
                bytes.resize(bytes.size() - 2);
                return std::vector<Datagram>{{bytes}};
              }),
              FailsWith(Reason::dns_malformed));
}

TEST_F(DnsMisbehaviourTest, AnswerThatIsTooLargeIsMalformed) {
  EXPECT_THAT(ask_udp([](const std::string& query) {
                return std::vector<Datagram>{{good_answer(query) + std::string(60000, 'x')}};
              }),
              FailsWith(Reason::dns_malformed));
}

TEST_F(DnsMisbehaviourTest, QueryThatIsEchoedIsNoAnswer) {
  EXPECT_THAT(ask_udp([](const std::string& query) { return std::vector<Datagram>{{query}}; }),
              FailsWith(Reason::dns_malformed));
}

TEST_F(DnsMisbehaviourTest, WrongIdIsPassedOverAndNamedInTheEnd) {
  const auto forged = [](const std::string& query) {
    return with_id(good_answer(query), id_of(query) ^ 1U);
  };
  const Result result =
      ask_udp([&](const std::string& query) { return std::vector<Datagram>{{forged(query)}}; });
  EXPECT_THAT(result, FailsWith(Reason::dns_wrong_id));
  EXPECT_THAT(result.transcript.text(), HasSubstr("passed over"));
  EXPECT_THAT(
      ask_udp([&](const std::string& query) {
        return std::vector<Datagram>{{forged(query)}, {forged(query)}, {good_answer(query)}};
      }),
      Passes());
}

TEST_F(DnsMisbehaviourTest, AnotherQuestionIsPassedOverAndNamedInTheEnd) {
  const auto other = [](const std::string& query) {
    return DnsPacket(id_of(query)).question("bank.test", 1).bytes();
  };
  EXPECT_THAT(
      ask_udp([&](const std::string& query) { return std::vector<Datagram>{{other(query)}}; }),
      FailsWith(Reason::dns_wrong_question));
  EXPECT_THAT(ask_udp([&](const std::string& query) {
                return std::vector<Datagram>{{other(query)}, {good_answer(query)}};
              }),
              Passes());
}

TEST_F(DnsMisbehaviourTest, AnotherSenderIsPassedOverAndNamedInTheEnd) {
  EXPECT_THAT(ask_udp([](const std::string& query) {
                return std::vector<Datagram>{{good_answer(query), true}};
              }),
              FailsWith(Reason::dns_wrong_source));
  EXPECT_THAT(
      ask_udp([](const std::string& query) {
        return std::vector<Datagram>{{answer_to(query, 3).bytes(), true}, {good_answer(query)}};
      }),
      Passes());
}

TEST_F(DnsMisbehaviourTest, FloodOfForgedAnswersEndsOnTimeInBoundedMemory) {
  const Result result = ask_udp([](const std::string& query) {
    std::vector<Datagram> flood;
    for (unsigned i = 1; i < 2000; ++i)
      flood.push_back({with_id(good_answer(query), id_of(query) ^ i)});
    return flood;
  });
  EXPECT_THAT(result, FailsWith(Reason::dns_wrong_id));
  EXPECT_LE(result.transcript.text().size(), Transcript::max_bytes);
}

TEST_F(DnsMisbehaviourTest, TruncatedWithoutAnybodyOnTcpIsTold) {
  const Result result = ask_udp([](const std::string& query) {
    return std::vector<Datagram>{{answer_to(query, DnsPacket::truncated).bytes()}};
  });
  EXPECT_THAT(result, FailsWith(Reason::dns_truncated));
  EXPECT_THAT(result.message, HasSubstr("TCP"));
}

TEST_F(DnsMisbehaviourTest, ServerThatFailsIsToldFromOneThatRefuses) {
  EXPECT_THAT(ask_udp([](const std::string& query) {
                return std::vector<Datagram>{{answer_to(query, 2).bytes()}};
              }),
              FailsWith(Reason::dns_servfail));
  EXPECT_THAT(ask_udp([](const std::string& query) {
                return std::vector<Datagram>{{answer_to(query, 5).bytes()}};
              }),
              FailsWith(Reason::dns_refused));
  const Result other = ask_udp([](const std::string& query) {
    return std::vector<Datagram>{{answer_to(query, 4).bytes()}};
  });
  EXPECT_THAT(other, FailsWith(Reason::expectation_failed));
  EXPECT_THAT(other.message, HasSubstr("NOTIMP"));
}

// The diagnosis must not take longer than the run may.
TEST_F(DnsMisbehaviourTest, SilenceAfterAFailureIsStillThatFailure) {
  bool first = true;
  EXPECT_THAT(ask_udp([&](const std::string& query) {
                std::vector<Datagram> answers;
                if (std::exchange(first, false)) answers.push_back({answer_to(query, 2).bytes()});
                return answers;
              }),
              FailsWith(Reason::dns_servfail));
}

TEST_F(DnsMisbehaviourTest, TcpThatClosesWithinALengthIsMalformed) {
  EXPECT_THAT(ask_tcp(Script().send("\x01")), FailsWith(Reason::dns_malformed));
  EXPECT_THAT(ask_tcp(Script().send(std::string("\x01\0abc", 5))),
              FailsWith(Reason::dns_malformed));
  EXPECT_THAT(ask_tcp(Script()), FailsWith(Reason::dns_malformed));
}

TEST_F(DnsMisbehaviourTest, TcpThatDripsOrStallsIsATimeout) {
  EXPECT_THAT(ask_tcp(Script().drip("\xff\xff" + std::string(1000, 'x'), 20ms)),
              FailsWith(Reason::dns_timeout));
  EXPECT_THAT(ask_tcp(Script().stall()), FailsWith(Reason::dns_timeout));
}

TEST_F(DnsMisbehaviourTest, TcpThatResetsIsToldSo) {
  EXPECT_THAT(ask_tcp(Script().send("\x01").reset()),
              testing::AnyOf(FailsWith(Reason::connect_reset), FailsWith(Reason::dns_malformed)));
}

TEST_F(DnsMisbehaviourTest, AnswersOverTcpThatAreNotOursEndTheRun) {
  const std::string message = DnsPacket(1).question("shop.test", 1).bytes();
  const Result result =
      ask_tcp(Script().send(be16(static_cast<unsigned>(message.size())) + message).stall());
  EXPECT_THAT(result,
              testing::AnyOf(FailsWith(Reason::dns_wrong_id), FailsWith(Reason::dns_no_data)));
  EXPECT_THAT(ask_tcp(Script().send(be16(5) + "12345").stall()), FailsWith(Reason::dns_malformed));
}

TEST_F(DnsMisbehaviourTest, NobodyListensOnTcp) {
  RefusingPort closed;
  EXPECT_THAT(ask(fmt::format("127.0.0.1:{}", closed.port()), "transport: tcp"),
              FailsWith(Reason::connect_refused));
  SilentPort silent;
  EXPECT_THAT(ask(fmt::format("127.0.0.1:{}", silent.port()), "transport: tcp"),
              FailsWith(Reason::connect_timeout));
}

TEST_F(DnsMisbehaviourTest, TlsThatIsNoneIsToldSo) {
  ScriptedServer server(Script().send("SSH-2.0-OpenSSH_9.2\r\n").stall());
  EXPECT_THAT(ask(server.authority(), "transport: tls", 10s), FailsWith(Reason::tls_handshake));
}

TEST_F(DnsMisbehaviourTest, ServerNameThatIsNotKnownIsTold) {
  UdpServer resolver([](const std::string& query) {
    return std::vector<Datagram>{{with_id(query, id_of(query)).replace(2, 2, be16(0x8183))}};
  });
  toolbox_settings().dns_servers = resolver.authority();
  EXPECT_THAT(ask("ns.nowhere.test:53"), FailsWith(Reason::dns_nxdomain));
}

}  // namespace
}  // namespace vedette::test
