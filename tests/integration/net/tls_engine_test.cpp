// SPDX-License-Identifier: Apache-2.0
// The engine under libcurl against real TLS servers: verdicts, facts, and that neither memo nor
// slim context changes them.
#include "probes/net/tls_engine.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/crypto.h>

#include "tests/integration/net/tls_client.h"
#include "tests/integration/net/tls_peer.h"
#include "tests/support/scripted_server.h"
#include "tests/support/temp_dir.h"

namespace vedette::net {
namespace {

using std::chrono::hours;
using std::chrono::seconds;
using test::Script;
using test::ScriptedServer;
using test::TlsClient;
using test::TlsPeer;
using test::TlsRun;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class TlsEngineTest : public ::testing::Test {
 protected:
  // An engine on clocks that the test moves.
  TlsEngineSettings engine(bool memo = true, bool fast = true) {
    return {.ca_file = {},
            .verify_memo = memo,
            .fast = fast,
            .clock = {.wall = [this] { return wall_now() + shift_; },
                      .steady = [this] { return Steady::now() + steady_shift_; }}};
  }
  TlsSettings trusting() const {
    TlsSettings settings;
    settings.ca_file = files_.root();
    return settings;
  }
  void later(Duration time) {
    shift_ += time;
    steady_shift_ += time;
  }

  test::TempDir directory_;
  test::TlsFiles files_{directory_.path()};
  Duration shift_{}, steady_shift_{};
  TlsClient client_{engine()};
};

TEST_F(TlsEngineTest, AGoodServerPassesAndItsFactsAreKept) {
  TlsPeer peer({.identity = files_.identity("good")});
  const TlsRun run = client_.get(peer.port(), "shop.test", trusting());
  ASSERT_TRUE(run.ok()) << run.verdict() << run.words;
  EXPECT_EQ(run.body, "hello");
  EXPECT_EQ(run.context, TlsContext::slim);
  EXPECT_EQ(run.attempts, 1);
  ASSERT_TRUE(run.facts);
  EXPECT_EQ(run.facts->version, "TLS 1.3");
  EXPECT_THAT(run.facts->cipher, StartsWith("TLS_"));
  ASSERT_EQ(run.facts->chain->size(), 2U);
  EXPECT_THAT((*run.facts->chain)[0].names, testing::Contains("shop.test"));
  EXPECT_EQ((*run.facts->chain)[0].issuer, (*run.facts->chain)[1].subject);
  EXPECT_EQ(run.facts->last_chain_expiry, run.facts->earliest_expiry);
  EXPECT_FALSE(run.facts->verification);
  EXPECT_THAT(peer.names_asked_for(), ElementsAre("shop.test"));
}

TEST_F(TlsEngineTest, ANameWithTheDotOfTheRootIsTheSameName) {
  TlsPeer peer({.identity = files_.identity("good")});
  EXPECT_EQ(client_.get(peer.port(), "shop.test.", trusting()).verdict(), "pass");
}

TEST_F(TlsEngineTest, Tls12IsSpokenToo) {
  TlsPeer peer({.identity = files_.identity("good"), .configure = [](SSL_CTX& context) {
                  SSL_CTX_set_max_proto_version(&context, TLS1_2_VERSION);
                }});
  const TlsRun run = client_.get(peer.port(), "shop.test", trusting());
  ASSERT_TRUE(run.ok()) << run.verdict() << run.words;
  EXPECT_EQ(run.facts->version, "TLS 1.2");
  EXPECT_THAT(run.facts->cipher, StartsWith("ECDHE-"));
}

// Every verdict, its words and its facts, with memo and slim context on and off; each asked three
// times, so that what can be remembered is.
struct Trouble {
  std::string identity;
  std::string host;
  std::string verdict;
  std::string words;
};

class TlsVerdictsTest : public TlsEngineTest, public ::testing::WithParamInterface<Trouble> {};

TEST_P(TlsVerdictsTest, AreThoseOfThePlainPathWhateverIsSwitchedOn) {
  TlsPeer peer({.identity = files_.identity(GetParam().identity)});
  for (const bool memo : {false, true}) {
    for (const bool fast : {false, true}) {
      TlsClient client(engine(memo, fast));
      for (int i = 0; i < 3; ++i) {
        const TlsRun run = client.get(peer.port(), GetParam().host, trusting());
        SCOPED_TRACE(testing::Message()
                     << "memo " << memo << " fast " << fast << " run " << i << ": " << run.words);
        EXPECT_EQ(run.verdict(), GetParam().verdict);
        EXPECT_EQ(run.attempts, 1);
        ASSERT_TRUE(run.facts);
        EXPECT_EQ(run.facts->version, "TLS 1.3");
        EXPECT_FALSE(run.facts->cipher.empty());
        EXPECT_EQ((*run.facts->chain)[0].sha256.size(), 64U);
        EXPECT_NE(run.facts->earliest_expiry, Instant{});
        if (run.failure) {
          EXPECT_THAT(run.failure->message, HasSubstr(GetParam().words));
          EXPECT_EQ(run.facts->verification->message, run.failure->message);
        }
      }
      EXPECT_EQ(client.engine().counters().memo_hits,
                memo && GetParam().verdict == "pass" ? 2U : 0U);
    }
  }
}

TEST_P(TlsVerdictsTest, AreToldAndDoNotFailTheRunWhenVerifyIsOff) {
  TlsPeer peer({.identity = files_.identity(GetParam().identity)});
  TlsSettings settings = trusting();
  settings.verify = false;
  const TlsRun run = client_.get(peer.port(), GetParam().host, settings);
  ASSERT_TRUE(run.ok()) << run.verdict() << run.words;
  EXPECT_EQ(run.body, "hello");
  ASSERT_TRUE(run.facts);
  EXPECT_EQ(run.facts->verification ? text(run.facts->verification->reason) : "pass",
            GetParam().verdict);
}

INSTANTIATE_TEST_SUITE_P(
    Troubles, TlsVerdictsTest,
    ::testing::Values(Trouble{"good", "shop.test", "pass", ""},
                      Trouble{"good", "www.shop.test", "pass", ""},
                      Trouble{"good", "127.0.0.1", "pass", ""},
                      Trouble{"good", "other.test", "tls_wrong_host", "not for other.test"},
                      Trouble{"good", "127.0.0.2", "tls_wrong_host", "not for 127.0.0.2"},
                      Trouble{"expired", "shop.test", "tls_expired", "the certificate expired on "},
                      Trouble{"not_yet_valid", "shop.test", "tls_not_yet_valid",
                              "is not valid before "},
                      Trouble{"wrong_host", "shop.test", "tls_wrong_host", "not for shop.test"},
                      Trouble{"self_signed", "shop.test", "tls_self_signed", "self-signed"},
                      Trouble{"unknown_issuer", "shop.test", "tls_unknown_issuer",
                              "not among the trusted roots"}),
    [](const auto& test) {
      std::string name = test.param.identity + "_" + test.param.host;
      std::ranges::replace_if(
          name, [](char c) { return c == '.'; }, '_');
      return name;
    });

TEST_F(TlsEngineTest, TheSystemsRootsDoNotKnowAPrivateAuthority) {
  TlsPeer peer({.identity = files_.identity("good")});
  const TlsRun run = client_.get(peer.port(), "shop.test", TlsSettings{});
  EXPECT_NE(run.verdict(), "pass");
  EXPECT_TRUE(run.facts);
}

TEST_F(TlsEngineTest, TheEnginesOwnRootsStandForChecksThatNameNone) {
  TlsPeer peer({.identity = files_.identity("good")});
  TlsEngineSettings settings = engine();
  settings.ca_file = files_.root();
  TlsClient client(settings);
  EXPECT_EQ(client.get(peer.port(), "shop.test", TlsSettings{}).verdict(), "pass");
}

TEST_F(TlsEngineTest, ServerNameReplacesSniAndCheckedName) {
  TlsPeer peer({.identity = files_.identity("good")});
  TlsSettings settings = trusting();
  settings.server_name = "www.shop.test";
  EXPECT_EQ(client_.get(peer.port(), "front.test", settings).verdict(), "pass");
  settings.server_name = "other.test";
  EXPECT_EQ(client_.get(peer.port(), "shop.test", settings).verdict(), "tls_wrong_host");
  settings.server_name = "shop.test";
  EXPECT_EQ(client_.get(peer.port(), "127.0.0.1", settings).verdict(), "pass");
  settings.server_name = "127.0.0.1";  // an address is checked, but is no SNI
  EXPECT_EQ(client_.get(peer.port(), "shop.test", settings).verdict(), "pass");
  EXPECT_THAT(peer.names_asked_for(), ElementsAre("www.shop.test", "other.test", "shop.test", ""));
}

TEST_F(TlsEngineTest, ALeafThatExpiresInMidRunFailsFromThatInstantOn) {
  TlsPeer peer({.identity = files_.identity("good")});
  for (int i = 0; i < 3; ++i)
    EXPECT_EQ(client_.get(peer.port(), "shop.test", trusting()).verdict(), "pass");
  EXPECT_EQ(client_.engine().counters().memo_hits, 2U);
  shift_ = hours(24 * 365);
  const TlsRun run = client_.get(peer.port(), "shop.test", trusting());
  EXPECT_EQ(run.verdict(), "tls_expired");
  EXPECT_EQ(client_.engine().counters().memo_hits, 2U);
  shift_ = {};
  EXPECT_EQ(client_.get(peer.port(), "shop.test", trusting()).verdict(), "pass");
  EXPECT_EQ(client_.engine().counters().memo_hits, 2U)
      << "after a failure, the chain is verified in full";
}

TEST_F(TlsEngineTest, TheFirstRunAndTheOneAfterAFailureAreVerifiedInFull) {
  TlsPeer peer({.identity = files_.identity("good")});
  EXPECT_EQ(client_.get(peer.port(), "shop.test", trusting()).verdict(), "pass");
  EXPECT_EQ(client_.get(peer.port(), "www.shop.test", trusting()).verdict(), "pass");
  EXPECT_EQ(client_.engine().counters().memo_hits, 0U)
      << "the same chain, but another host's first run";
  EXPECT_EQ(client_.get(peer.port(), "www.shop.test", trusting()).verdict(), "pass");
  EXPECT_EQ(client_.engine().counters().memo_hits, 1U);

  CURL* easy = curl_easy_init();
  client_.engine().attach(easy, trusting(), "www.shop.test")->finish(false);
  curl_easy_cleanup(easy);
  EXPECT_EQ(client_.get(peer.port(), "www.shop.test", trusting()).verdict(), "pass");
  EXPECT_EQ(client_.engine().counters().memo_hits, 1U);
  EXPECT_EQ(client_.engine().counters().memo_misses, 3U);
}

TEST_F(TlsEngineTest, ARootThatIsTakenOutOfTheFileIsNoLongerTrusted) {
  TlsPeer peer({.identity = files_.identity("good")});
  TlsSettings settings;
  settings.ca_file = directory_.write("ca.pem", test::read_text_file(files_.root()));
  for (int i = 0; i < 2; ++i)
    EXPECT_EQ(client_.get(peer.port(), "shop.test", settings).verdict(), "pass");
  directory_.write("ca.pem", test::Authority::root("Another").pem());
  later(seconds(3));
  EXPECT_EQ(client_.get(peer.port(), "shop.test", settings).verdict(), "tls_unknown_issuer");
  EXPECT_EQ(client_.engine().counters().memo_entries, 0U);
  directory_.write("ca.pem", test::read_text_file(files_.root()));
  client_.engine().reload_roots();
  EXPECT_EQ(client_.get(peer.port(), "shop.test", settings).verdict(), "pass");
}

TEST_F(TlsEngineTest, AnUnreadableCaFileFailsBeforeAByteIsSent) {
  TlsPeer peer({.identity = files_.identity("good")});
  TlsSettings settings;
  settings.ca_file = directory_ / "missing.pem";
  const TlsRun run = client_.get(peer.port(), "shop.test", settings);
  EXPECT_EQ(run.verdict(), "tls_handshake");
  EXPECT_EQ(run.failure->message,
            "the CA file " + settings.ca_file + " cannot be used: no such file");
  EXPECT_EQ(run.attempts, 1);
  EXPECT_THAT(peer.names_asked_for(), testing::IsEmpty());
}

TEST_F(TlsEngineTest, WithVerifyOffAnUnreadableCaFileOnlyMeansThatNobodyIsKnown) {
  TlsPeer peer({.identity = files_.identity("good")});
  TlsSettings settings;
  settings.verify = false;
  settings.ca_file = directory_ / "missing.pem";
  for (int i = 0; i < 2; ++i) {
    const TlsRun run = client_.get(peer.port(), "shop.test", settings);
    ASSERT_TRUE(run.ok()) << run.verdict() << run.words;
    ASSERT_TRUE(run.facts->verification);
    EXPECT_EQ(run.facts->verification->reason, Reason::tls_unknown_issuer);
  }
}

TEST_F(TlsEngineTest, WithVerifyOffAFailureIsNotRememberedAsASuccess) {
  TlsPeer peer({.identity = files_.identity("unknown_issuer")});
  TlsSettings settings = trusting();
  settings.verify = false;
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(client_.get(peer.port(), "shop.test", settings).ok());
  settings.verify = true;
  EXPECT_EQ(client_.get(peer.port(), "shop.test", settings).verdict(), "tls_unknown_issuer");
}

TEST_F(TlsEngineTest, AConnectionsRecordOutlivesTheTransferThatMadeIt) {
  TlsPeer peer({.identity = files_.identity("good"), .keep_alive = true});
  CURL* easy = curl_easy_init();
  const std::string url = "https://shop.test:" + std::to_string(peer.port()) + "/";
  curl_slist* pin = curl_slist_append(nullptr, "::127.0.0.1:");
  curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
  curl_easy_setopt(easy, CURLOPT_CONNECT_TO, pin);
  curl_easy_setopt(easy, CURLOPT_NOPROXY, "*");
  curl_easy_setopt(
      easy, CURLOPT_WRITEFUNCTION,
      +[](char*, std::size_t size, std::size_t count, void*) { return size * count; });
  curl_easy_setopt(
      easy, CURLOPT_HEADERFUNCTION, +[](char*, std::size_t size, std::size_t count, void* session) {
        static_cast<TlsSession*>(session)->adopt();
        return size * count;
      });
  for (int i = 0; i < 3; ++i) {
    const auto session = client_.engine().attach(easy, trusting(), "shop.test");
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, session.get());
    const auto scope = client_.engine().enter(session->context());
    EXPECT_EQ(curl_easy_perform(easy), CURLE_OK);
    ASSERT_TRUE(session->facts()) << "run " << i;
    EXPECT_EQ(session->facts()->version, "TLS 1.3");
    EXPECT_FALSE(session->failure());
  }
  EXPECT_EQ(peer.names_asked_for().size(), 1U) << "one handshake for all";
  curl_easy_cleanup(easy);
  curl_slist_free_all(pin);
}

// One engine per loop thread, made and used at the same time: they share nothing but constants.
TEST_F(TlsEngineTest, EnginesOnTwoThreadsDoNotMeet) {
  const TlsSettings settings = trusting();
  const auto shard = [&](int& passed) {
    TlsPeer peer({.identity = files_.identity("good")});
    TlsClient client({});
    for (int i = 0; i < 5; ++i) passed += client.get(peer.port(), "shop.test", settings).ok();
    EXPECT_TRUE(client.engine().counters().slim_available);
  };
  int first = 0, second = 0;
  std::thread other([&] { shard(first); });
  shard(second);
  other.join();
  EXPECT_EQ(first, 5);
  EXPECT_EQ(second, 5);
}

TEST_F(TlsEngineTest, AScopeLeavesTheThreadAsItFoundIt) {
  OSSL_LIB_CTX* const global = OSSL_LIB_CTX_get0_global_default();
  const auto current = [] {
    return OSSL_LIB_CTX_set0_default(nullptr);
  };  // null asks and changes nothing
  EXPECT_EQ(current(), global);
  {
    const auto slim = client_.engine().enter(TlsContext::slim);
    EXPECT_NE(current(), global);
    {
      const auto full = client_.engine().enter(TlsContext::full);
      EXPECT_EQ(current(), global);
    }
    EXPECT_NE(current(), global);
  }
  EXPECT_EQ(current(), global);
}

}  // namespace
}  // namespace vedette::net
