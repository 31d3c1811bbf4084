// SPDX-License-Identifier: Apache-2.0
// Servers that the slim context cannot talk to, servers that nobody can talk to, and servers that
// do not talk TLS: the verdict is always that of the full context.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include "tests/integration/net/tls_client.h"
#include "tests/integration/net/tls_peer.h"
#include "tests/support/scripted_server.h"
#include "tests/support/temp_dir.h"

namespace vedette::net {
namespace {

using test::Script;
using test::ScriptedServer;
using test::TlsClient;
using test::TlsPeer;
using test::TlsPeerOptions;
using test::TlsRun;
using testing::HasSubstr;

void only_tls12(SSL_CTX& context) {
  SSL_CTX_set_max_proto_version(&context, TLS1_2_VERSION);
}

struct Exotic {
  std::string name;
  std::string key_kind;
  std::function<void(SSL_CTX&)> configure;
  bool needs_full = true;  // can be reached only by the full context
};

class ExoticPeerTest : public ::testing::TestWithParam<Exotic> {
 protected:
  TlsSettings settings(bool fast) const {
    TlsSettings settings;
    settings.ca_file = ca_file_;
    settings.fast = fast;
    return settings;
  }

  test::TempDir directory_;
  test::Identity identity_ = test::exotic_identity(GetParam().key_kind, "shop.test");
  std::string ca_file_ = directory_.write("ca.pem", identity_.chain_pem);
};

TEST_P(ExoticPeerTest, IsReachedThroughTheFullContextAndRemembered) {
  TlsPeer peer({.identity = identity_, .configure = GetParam().configure});
  TlsClient plain({});
  const TlsRun expected = plain.get(peer.port(), "shop.test", settings(false));
  ASSERT_EQ(expected.verdict(), "pass") << expected.words << "; the plain path itself must work";

  TlsClient client({});
  const TlsRun first = client.get(peer.port(), "shop.test", settings(true));
  EXPECT_EQ(first.verdict(), "pass") << first.words;
  EXPECT_EQ(first.attempts, GetParam().needs_full ? 2 : 1);
  EXPECT_EQ(first.context, GetParam().needs_full ? TlsContext::full : TlsContext::slim);
  EXPECT_EQ(first.facts->version, expected.facts->version);
  EXPECT_EQ((*first.facts->chain)[0].sha256, (*expected.facts->chain)[0].sha256);

  const TlsRun second = client.get(peer.port(), "shop.test", settings(true));
  EXPECT_EQ(second.verdict(), "pass") << second.words;
  EXPECT_EQ(second.attempts, 1);
  EXPECT_EQ(client.engine().counters().full_context_retries, GetParam().needs_full ? 1U : 0U);
}

TEST_P(ExoticPeerTest, IsRefusedWithTheSameWordsWhenNotTrusted) {
  TlsPeer peer({.identity = identity_, .configure = GetParam().configure});
  ca_file_ = directory_.write("other.pem", test::Authority::root("Another").pem());
  TlsClient client({});
  const TlsRun slim = client.get(peer.port(), "shop.test", settings(true));
  const TlsRun full = client.get(peer.port(), "shop.test", settings(false));
  EXPECT_EQ(full.verdict(), "tls_self_signed");
  EXPECT_EQ(slim.verdict(), full.verdict());
  EXPECT_EQ(slim.failure->message, full.failure->message);
}

INSTANTIATE_TEST_SUITE_P(
    Peers, ExoticPeerTest,
    ::testing::Values(
        Exotic{"ed448", "ED448", {}}, Exotic{"p521_key", "P-521", {}, false},
        Exotic{"p521_tls12", "P-521", only_tls12},
        Exotic{"ffdhe_only", "P-256",
               [](SSL_CTX& context) { SSL_CTX_set1_groups_list(&context, "ffdhe2048"); }},
        Exotic{"x448_only", "P-256",
               [](SSL_CTX& context) { SSL_CTX_set1_groups_list(&context, "X448"); }},
        Exotic{"p521_group_only", "P-256",
               [](SSL_CTX& context) { SSL_CTX_set1_groups_list(&context, "P-521"); }},
        Exotic{"cbc_only", "P-256",
               [](SSL_CTX& context) {
                 only_tls12(context);
                 SSL_CTX_set_cipher_list(&context, "ECDHE-ECDSA-AES128-SHA256");
               }},
        Exotic{"ed25519", "ED25519", {}, false}, Exotic{"rsa_pss", "RSA-PSS", {}, false}),
    [](const auto& test) { return test.param.name; });

int end_connection(SSL* session, int*, void*) {
  shutdown(SSL_get_fd(session), SHUT_RDWR);
  return SSL_CLIENT_HELLO_ERROR;
}

// The descriptor stays open for its owner, but what it stood for is closed in the hard way.
int reset_connection(SSL* session, int*, void*) {
  const linger at_once{.l_onoff = 1, .l_linger = 0};
  setsockopt(SSL_get_fd(session), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  const int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
  dup2(nothing, SSL_get_fd(session));
  close(nothing);
  return SSL_CLIENT_HELLO_ERROR;
}

class TlsTroubleTest : public ::testing::TestWithParam<bool> {
 protected:
  TlsRun get(std::uint16_t port) {
    TlsSettings settings;
    settings.ca_file = files_.root();
    settings.fast = GetParam();
    return client_.get(port, "shop.test", settings);
  }

  test::TempDir directory_;
  test::TlsFiles files_{directory_.path()};
  TlsClient client_{{}};
};

TEST_P(TlsTroubleTest, AServerOfTls11SpeaksNothingThatIsSpokenHere) {
  TlsPeer peer({.identity = files_.identity("good"), .configure = [](SSL_CTX& context) {
                  SSL_CTX_set_security_level(&context, 0);
                  SSL_CTX_set_min_proto_version(&context, TLS1_VERSION);
                  SSL_CTX_set_max_proto_version(&context, TLS1_1_VERSION);
                }});
  const TlsRun run = get(peer.port());
  EXPECT_EQ(run.verdict(), "tls_handshake");
  EXPECT_THAT(run.failure->message, HasSubstr("the server speaks neither TLS 1.2 nor TLS 1.3"));
}

TEST_P(TlsTroubleTest, ADsaServerIsRefusedAlikeInBothContexts) {
  const auto identity = test::exotic_identity("DSA", "shop.test");
  TlsPeer peer({.identity = identity, .configure = only_tls12});
  const TlsRun run = get(peer.port());
  EXPECT_EQ(run.verdict(), "tls_handshake");
  EXPECT_THAT(run.failure->message, HasSubstr("shares no cipher, group or signature algorithm"));
}

TEST_P(TlsTroubleTest, APlainHttpServerIsToldAsSuch) {
  ScriptedServer server(Script().send("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n"));
  const TlsRun run = get(server.port());
  EXPECT_EQ(run.verdict(), "tls_handshake");
  EXPECT_EQ(run.failure->message, "the server does not speak TLS on this port");
}

TEST_P(TlsTroubleTest, AResetAndAnEarlyEndAreResets) {
  const auto after_hello = [](int (*leave)(SSL*, int*, void*)) {
    return [leave](SSL_CTX& context) { SSL_CTX_set_client_hello_cb(&context, leave, nullptr); };
  };
  TlsPeer resetting(
      {.identity = files_.identity("good"), .configure = after_hello(reset_connection)});
  const TlsRun reset = get(resetting.port());
  EXPECT_EQ(reset.verdict(), "connect_reset") << reset.words;
  TlsPeer leaving({.identity = files_.identity("good"), .configure = after_hello(end_connection)});
  const TlsRun left = get(leaving.port());
  EXPECT_EQ(left.verdict(), "connect_reset") << left.words;
}

TEST_P(TlsTroubleTest, AnUnknownNameAlertNamesTheName) {
  TlsPeer peer({.identity = files_.identity("good"), .configure = [](SSL_CTX& context) {
                  SSL_CTX_set_tlsext_servername_callback(
                      &context, +[](SSL*, int* alert, void*) {
                        *alert = SSL_AD_UNRECOGNIZED_NAME;
                        return SSL_TLSEXT_ERR_ALERT_FATAL;
                      });
                }});
  const TlsRun run = get(peer.port());
  EXPECT_EQ(run.verdict(), "tls_handshake");
  EXPECT_THAT(run.failure->message, HasSubstr("the server does not know the name shop.test"));
}

INSTANTIATE_TEST_SUITE_P(Contexts, TlsTroubleTest, ::testing::Bool(),
                         [](const auto& test) { return test.param ? "slim" : "full"; });

// A chain that only the full context can verify, below a leaf that both can talk to.
TEST(TlsExoticRoot, IsVerifiedInTheFullContextWithoutASecondHandshake) {
  test::TempDir directory;
  const auto issue = test::issued_by_exotic("ED448", "shop.test");
  TlsPeer peer({.identity = issue.leaf});
  TlsSettings settings;
  settings.ca_file = directory.write("ca.pem", issue.root_pem);
  TlsClient client({});
  const TlsRun run = client.get(peer.port(), "shop.test", settings);
  EXPECT_EQ(run.verdict(), "pass") << run.words;
  EXPECT_EQ(run.attempts, 1);
}

}  // namespace
}  // namespace vedette::net
