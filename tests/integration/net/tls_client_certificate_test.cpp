// SPDX-License-Identifier: Apache-2.0
// Mutual TLS: certificates of several kinds in both library contexts, and what is said when the
// server wants another.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/integration/net/tls_client.h"
#include "tests/integration/net/tls_peer.h"
#include "tests/support/temp_dir.h"

namespace vedette::net {
namespace {

using test::TlsClient;
using test::TlsPeer;
using test::TlsRun;
using testing::StartsWith;

class MutualTlsTest : public ::testing::TestWithParam<bool> {
 protected:
  TlsSettings with(const std::string& name) const {
    TlsSettings settings;
    settings.ca_file = files_.root();
    settings.fast = GetParam();
    if (name.empty()) return settings;
    settings.cert_file = files_.chain(name);
    settings.key_file = files_.key(name);
    return settings;
  }
  test::TlsPeerOptions demanding(int version) const {
    return {.identity = files_.identity("good"),
            .client_root_pem = test::read_text_file(files_.client_root()),
            .configure = [version](SSL_CTX& context) {
              SSL_CTX_set_max_proto_version(&context, version);
            }};
  }

  test::TempDir directory_;
  test::TlsFiles files_{directory_.path()};
  TlsClient client_{{}};
};

TEST_P(MutualTlsTest, AnAcceptedCertificatePasses) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsPeer peer(demanding(version));
    const TlsRun run = client_.get(peer.port(), "shop.test", with("client"));
    EXPECT_EQ(run.verdict(), "pass") << run.words;
    EXPECT_EQ(run.body, "hello");
    EXPECT_EQ(run.attempts, 1);
  }
}

TEST_P(MutualTlsTest, KeysOfEveryKindSign) {
  const auto root = test::Authority::root("Clients");
  for (const auto kind :
       {test::KeyKind::rsa2048, test::KeyKind::p384, test::KeyKind::p521, test::KeyKind::ed25519}) {
    auto options = demanding(TLS1_3_VERSION);
    options.client_root_pem = root.pem();
    TlsPeer peer(options);
    files_.add("other", root.issue({.common_name = "prober", .key = kind, .client = true}));
    TlsClient client({});
    const TlsRun run = client.get(peer.port(), "shop.test", with("other"));
    EXPECT_EQ(run.verdict(), "pass") << static_cast<int>(kind) << ' ' << run.words;
  }
}

TEST_P(MutualTlsTest, WithoutACertificateTheMessageSaysWhatToSet) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsPeer peer(demanding(version));
    TlsClient client({});
    const TlsRun run = client.get(peer.port(), "shop.test", with(""));
    EXPECT_EQ(run.verdict(), "tls_handshake");
    EXPECT_THAT(run.failure->message,
                StartsWith("the server wants a client certificate: set cert_file and key_file"));
    EXPECT_TRUE(run.facts) << "what the server showed is kept";
  }
}

TEST_P(MutualTlsTest, AStrangersCertificateIsRefusedByTheServer) {
  for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
    TlsPeer peer(demanding(version));
    TlsClient client({});
    const TlsRun run = client.get(peer.port(), "shop.test", with("stranger_client"));
    EXPECT_EQ(run.verdict(), "tls_handshake");
    EXPECT_THAT(run.failure->message, StartsWith("the server refused the client certificate"));
  }
}

TEST_P(MutualTlsTest, AnUnreadableKeyFailsBeforeAByteIsSent) {
  TlsPeer peer(demanding(TLS1_3_VERSION));
  TlsSettings settings = with("client");
  settings.key_file = directory_ / "missing.key";
  const TlsRun run = client_.get(peer.port(), "shop.test", settings);
  EXPECT_EQ(run.verdict(), "tls_handshake");
  EXPECT_THAT(run.failure->message,
              StartsWith("the client key " + settings.key_file + " cannot be used: "));
  EXPECT_TRUE(peer.names_asked_for().empty());
}

INSTANTIATE_TEST_SUITE_P(Contexts, MutualTlsTest, ::testing::Bool(),
                         [](const auto& test) { return test.param ? "slim" : "full"; });

}  // namespace
}  // namespace vedette::net
