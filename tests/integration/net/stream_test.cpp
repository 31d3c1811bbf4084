// SPDX-License-Identifier: Apache-2.0
// The native stream against servers that behave and servers that do not, in each phase.
#include "probes/net/stream.h"

#include <boost/asio/error.hpp>
#include <boost/system/system_error.hpp>

#include "probes/task_group.h"
#include "tests/integration/net/net_fixture.h"
#include "tests/integration/net/process_counts.h"
#include "tests/integration/net/tls_peer.h"
#include "tests/support/free_port.h"
#include "tests/support/scripted_server.h"
#include "tests/support/temp_dir.h"
#include "tests/support/wait_for.h"

namespace vedette::net {
namespace {

using test::Script;
using test::ScriptedServer;

class StreamTest : public NetTest {
 protected:
  Expected<void> connect(Stream& stream, std::uint16_t port, std::string host = "127.0.0.1",
                         Duration within = 10s) {
    Endpoint endpoint{.host = std::move(host), .port = port};
    return run(stream.connect(std::move(endpoint), Deadline::in(within)));
  }

  Expected<void> start_tls(Stream& stream, const TlsSettings& settings,
                           std::string host = "shop.test", Duration within = 10s) {
    return run(stream.start_tls(settings, std::move(host), Deadline::in(within)));
  }

  Expected<std::string> line(Stream& stream, Duration within = 10s, std::size_t most = 100) {
    return run(stream.read_line(most, Deadline::in(within)));
  }

  template <class T>
  T run(Awaitable<T> task) {
    return test::run_coroutine(loop_, std::move(task));
  }

  TlsSettings trusting() const { return {.ca_file = files_.root()}; }

  test::TempDir directory_;
  test::TlsFiles files_{directory_.path()};
};

template <class T>
std::string verdict(const Expected<T>& result) {
  if (result) return "ok";
  return std::string(text(result.error().reason)) + ", " + result.error().message;
}

TEST_F(StreamTest, LinesComeOneByOneHoweverTheyAreCut) {
  ScriptedServer server(Script().send("one\r\ntwo\nth").wait(10ms).send("ree\r\nfour").stall());
  Stream stream(toolbox_);
  ASSERT_TRUE(connect(stream, server.port()));
  EXPECT_EQ(line(stream), "one");
  EXPECT_EQ(line(stream), "two");
  EXPECT_EQ(line(stream), "three");
  EXPECT_EQ(run(stream.read_exactly(4, Deadline::in(10s))), "four");
  EXPECT_FALSE(stream.has_unread());
  EXPECT_EQ(stream.remote_address(), "127.0.0.1");
}

TEST_F(StreamTest, PhasesAreResolveConnectAndWhatTheCallerEnters) {
  ScriptedServer server(Script().wait(20ms).send("hello\r\n").stall());
  Stream stream(toolbox_);
  ASSERT_TRUE(connect(stream, server.port(), "localhost"));
  stream.enter("greeting");
  EXPECT_EQ(line(stream), "hello");
  stream.close();
  const auto phases = stream.phases().list();
  ASSERT_EQ(phases.size(), 4U);
  EXPECT_EQ(phases[0].name, "resolve");
  EXPECT_EQ(phases[1].name, "connect");
  EXPECT_EQ(phases[2].name, "greeting");
  EXPECT_GE(phases[2].duration, 15ms);
}

TEST_F(StreamTest, WhatIsWrittenArrives) {
  ScriptedServer server(test::http_script(
      [](const std::string&) { return "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"; }));
  Stream stream(toolbox_);
  ASSERT_TRUE(connect(stream, server.port()));
  ASSERT_TRUE(run(stream.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n", Deadline::in(10s))));
  EXPECT_EQ(line(stream), "HTTP/1.1 204 No Content");
}

TEST_F(StreamTest, ARefusedConnectionIsToldAsSuch) {
  test::RefusingPort refusing;
  Stream stream(toolbox_);
  const auto connected = connect(stream, refusing.port());
  EXPECT_EQ(verdict(connected), "connect_refused, connect: 127.0.0.1 port " +
                                    std::to_string(refusing.port()) + " refused the connection");
}

TEST_F(StreamTest, ASilentHostEndsInConnectTimeout) {
  test::SilentPort silent;
  Stream stream(toolbox_);
  const auto begin = Steady::now();
  const auto connected = connect(stream, silent.port(), "127.0.0.1", 100ms);
  EXPECT_GE(Steady::now() - begin, 100ms);
  ASSERT_FALSE(connected);
  EXPECT_EQ(connected.error().reason, Reason::connect_timeout);
}

TEST_F(StreamTest, ASilentServerEndsInTimeoutThatNamesThePhase) {
  ScriptedServer server(Script().stall());
  Stream stream(toolbox_);
  ASSERT_TRUE(connect(stream, server.port()));
  stream.enter("greeting");
  EXPECT_EQ(verdict(line(stream, 100ms)), "timeout, greeting: the server did not answer in time");
  EXPECT_EQ(verdict(line(stream, 0ms)), "timeout, greeting: the server did not answer in time");
}

TEST_F(StreamTest, ADripDoesNotPutOffTheDeadline) {
  ScriptedServer server(Script().drip(std::string(1000, 'x'), 10ms).stall());
  Stream stream(toolbox_);
  ASSERT_TRUE(connect(stream, server.port()));
  stream.enter("greeting");
  EXPECT_EQ(verdict(line(stream, 150ms)), "timeout, greeting: the server did not answer in time");
}

TEST_F(StreamTest, ALineThatDoesNotEndIsCutOffInBoundedMemory) {
  ScriptedServer server(Script().repeat("endless "));
  Stream stream(toolbox_);
  ASSERT_TRUE(connect(stream, server.port()));
  stream.enter("greeting");
  EXPECT_EQ(verdict(line(stream)), "protocol_error, greeting: a line of the answer does not end");
}

TEST_F(StreamTest, AServerThatClosesSaysNothingOrHalf) {
  ScriptedServer server(std::vector{Script(), Script().send("hal")});
  Stream first(toolbox_);
  ASSERT_TRUE(connect(first, server.port()));
  first.enter("greeting");
  EXPECT_EQ(verdict(line(first)),
            "protocol_error, greeting: the server closed the connection without an answer");
  Stream second(toolbox_);
  ASSERT_TRUE(connect(second, server.port()));
  second.enter("greeting");
  EXPECT_EQ(verdict(line(second)),
            "protocol_error, greeting: the server closed the connection in the middle of a line");
  Stream third(toolbox_);
  ASSERT_TRUE(connect(third, server.port()));
  EXPECT_EQ(run(third.read_some(10, Deadline::in(10s))), "hal");
  EXPECT_EQ(run(third.read_some(10, Deadline::in(10s))), "");
}

TEST_F(StreamTest, AResetIsToldAsSuch) {
  // Not before the client has connected and said something.
  ScriptedServer server(Script().read_request().reset());
  Stream stream(toolbox_);
  ASSERT_TRUE(connect(stream, server.port()));
  stream.enter("greeting");
  ASSERT_TRUE(run(stream.write("GET / HTTP/1.1\r\n\r\n", Deadline::in(10s))));
  const auto read = line(stream);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().reason, Reason::connect_reset);
  EXPECT_EQ(read.error().message, "greeting: the server reset the connection");
}

TEST_F(StreamTest, TlsAfterAPlainGoAheadKeepsFactsAndTalks) {
  ScriptedServer server(
      Script().send("go\r\n").handshake(files_.identity("good")).send("secret\r\n").stall());
  const TlsSettings settings = trusting();
  Stream stream(toolbox_);
  ASSERT_TRUE(connect(stream, server.port()));
  stream.enter("starttls");
  ASSERT_EQ(line(stream), "go");
  const auto secured = start_tls(stream, settings);
  ASSERT_TRUE(secured) << verdict(secured);
  EXPECT_EQ(line(stream), "secret");
  ASSERT_TRUE(stream.tls());
  EXPECT_EQ(stream.tls()->version, "TLS 1.3");
  EXPECT_FALSE(stream.tls()->verification);
  EXPECT_GT(stream.phases().of("tls"), Microseconds::zero());
}

TEST_F(StreamTest, PlainBytesBehindTheGoAheadAreNotTakenForWhatIsSaidUnderTls) {
  ScriptedServer server(
      Script().send("go\r\n250 injected\r\n").handshake(files_.identity("good")).stall());
  const TlsSettings settings = trusting();
  Stream stream(toolbox_);
  ASSERT_TRUE(connect(stream, server.port()));
  stream.enter("starttls");
  ASSERT_EQ(line(stream), "go");
  const auto secured = start_tls(stream, settings);
  ASSERT_FALSE(secured);
  EXPECT_EQ(secured.error().reason, Reason::protocol_error);
}

struct BadCertificate {
  const char* name;
  Reason reason;
};

class StreamCertificateTest : public StreamTest,
                              public testing::WithParamInterface<BadCertificate> {};

TEST_P(StreamCertificateTest, IsRefusedWithItsReasonAndItsFactsAreKept) {
  ScriptedServer server(Script().handshake(files_.identity(GetParam().name)).stall());
  const TlsSettings settings = trusting();
  Stream stream(toolbox_);
  ASSERT_TRUE(connect(stream, server.port()));
  const auto secured = start_tls(stream, settings);
  ASSERT_FALSE(secured);
  EXPECT_EQ(secured.error().reason, GetParam().reason) << secured.error().message;
  ASSERT_TRUE(stream.tls());
  EXPECT_FALSE(stream.tls()->chain->front().subject.empty());
  EXPECT_FALSE(stream.wants_full_context());
}

INSTANTIATE_TEST_SUITE_P(Kinds, StreamCertificateTest,
                         testing::Values(BadCertificate{"expired", Reason::tls_expired},
                                         BadCertificate{"not_yet_valid", Reason::tls_not_yet_valid},
                                         BadCertificate{"wrong_host", Reason::tls_wrong_host},
                                         BadCertificate{"self_signed", Reason::tls_self_signed},
                                         BadCertificate{"unknown_issuer",
                                                        Reason::tls_unknown_issuer}),
                         [](const auto& test) { return std::string(test.param.name); });

TEST_F(StreamTest, AnExoticPeerIsWorthASecondTryThatSucceeds) {
  test::TlsPeer peer({.identity = test::exotic_identity("ED448", "shop.test")});
  const TlsSettings settings{.verify = false};
  Stream first(toolbox_);
  ASSERT_TRUE(connect(first, peer.port()));
  ASSERT_FALSE(start_tls(first, settings));
  EXPECT_TRUE(first.wants_full_context());
  first.close();
  Stream second(toolbox_);
  ASSERT_TRUE(connect(second, peer.port()));
  const auto secured = start_tls(second, settings);
  EXPECT_TRUE(secured) << verdict(secured);
  EXPECT_EQ(peer.names_asked_for(), (std::vector<std::string>{"shop.test", "shop.test"}));
}

TEST_F(StreamTest, AServerThatDoesNotTalkTlsIsToldAsSuch) {
  ScriptedServer server(Script().send("220 welcome\r\n").stall());
  const TlsSettings settings = trusting();
  Stream stream(toolbox_);
  ASSERT_TRUE(connect(stream, server.port()));
  EXPECT_EQ(verdict(start_tls(stream, settings)),
            "tls_handshake, the server does not speak TLS on this port");
}

TEST_F(StreamTest, AStallInTheHandshakeEndsInTlsTimeout) {
  ScriptedServer server(Script().stall());
  const TlsSettings settings = trusting();
  Stream stream(toolbox_);
  ASSERT_TRUE(connect(stream, server.port()));
  EXPECT_EQ(verdict(start_tls(stream, settings, "shop.test", 100ms)),
            "tls_timeout, tls: the handshake was not over in time");
}

TEST_F(StreamTest, AServerThatHangsUpInTheHandshakeHasResetTheConnection) {
  ScriptedServer server(Script().hang_up());
  const TlsSettings settings = trusting();
  Stream stream(toolbox_);
  ASSERT_TRUE(connect(stream, server.port()));
  const auto secured = start_tls(stream, settings);
  ASSERT_FALSE(secured);
  EXPECT_EQ(secured.error().reason, Reason::connect_reset) << secured.error().message;
}

TEST_F(StreamTest, RootsThatCannotBeReadAreTold) {
  ScriptedServer server(Script().handshake(files_.identity("good")).stall());
  const TlsSettings settings{.ca_file = directory_ / "missing.pem"};
  Stream stream(toolbox_);
  ASSERT_TRUE(connect(stream, server.port()));
  const auto secured = start_tls(stream, settings);
  ASSERT_FALSE(secured);
  EXPECT_NE(secured.error().message.find("missing.pem"), std::string::npos)
      << secured.error().message;
}

TEST_F(StreamTest, ACancelledTaskLeavesWithOperationAbortedAndNothingBehind) {
  ScriptedServer server(Script().stall());
  const auto before = test::settled_descriptors();
  bool aborted = false;
  const auto talk = [&]() -> Awaitable<void> {
    Stream stream(toolbox_);
    Endpoint endpoint{.host = "127.0.0.1", .port = server.port()};
    const auto connected = co_await stream.connect(std::move(endpoint), Deadline::in(60s));
    EXPECT_TRUE(connected);
    try {
      co_await stream.read_line(100, Deadline::in(60s));
    } catch (const boost::system::system_error& error) {
      aborted = error.code() == boost::asio::error::operation_aborted;
    }
  };
  TaskGroup tasks(loop_.get_executor(), [](std::exception_ptr) { ADD_FAILURE() << "escaped"; });
  tasks.spawn(talk());
  EXPECT_TRUE(test::wait_for([&] {
    loop_.poll();
    loop_.restart();
    return server.connections() == 1;
  }));
  run(tasks.stop());
  EXPECT_TRUE(aborted);
  EXPECT_TRUE(test::wait_for([&] { return test::open_descriptors() <= before; }));
}

}  // namespace
}  // namespace vedette::net
