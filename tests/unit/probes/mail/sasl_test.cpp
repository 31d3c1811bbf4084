// SPDX-License-Identifier: Apache-2.0
// The examples are those of the standards.
#include "probes/mail/sasl.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes/encoding.h"

namespace vedette::mail {
namespace {

using testing::HasSubstr;

constexpr const char* nonce = "rOprNGfwEbeRWgbNEkqO";
constexpr const char* first =
    "r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096";

std::unique_ptr<SaslClient> client(Mechanism mechanism, std::string password = "pencil") {
  return make_sasl(mechanism, {"user", std::move(password)}, nonce);
}

TEST(Sasl, PlainTellsAllAtOnce) {
  const auto plain = make_sasl(Mechanism::plain, {"tim", "tanstaaftanstaaf"}, "");
  EXPECT_EQ(plain->initial(), std::string("\0tim\0tanstaaftanstaaf", 21));
  EXPECT_FALSE(plain->respond("more?"));
}

TEST(Sasl, LoginAnswersTwoQuestions) {
  const auto login = client(Mechanism::login);
  EXPECT_FALSE(login->initial());
  EXPECT_EQ(login->respond("Username:"), "user");
  EXPECT_FALSE(login->finish());
  EXPECT_EQ(login->respond("Password:"), "pencil");
  EXPECT_TRUE(login->finish());
  EXPECT_FALSE(login->respond("And your PIN?"));
}

TEST(Sasl, CramMd5HashesTheChallenge) {
  const auto cram = make_sasl(Mechanism::cram_md5, {"tim", "tanstaaftanstaaf"}, "");
  EXPECT_EQ(cram->respond("<1896.697170952@postoffice.reston.mci.net>"),
            "tim b913a602c7eda7a495b4e6e7334d3890");
  EXPECT_FALSE(cram->respond("again"));
}

TEST(Sasl, Xoauth2LetsTheServerRefuse) {
  const auto xoauth2 = client(Mechanism::xoauth2, "token");
  EXPECT_EQ(xoauth2->initial(),
            "user=user\x01"
            "auth=Bearer token\x01\x01");
  EXPECT_EQ(xoauth2->respond("{\"status\":\"401\"}"), "");
  EXPECT_FALSE(xoauth2->respond("again"));
}

TEST(Sasl, ScramSha256ProvesBothSides) {
  const auto scram = client(Mechanism::scram_sha_256);
  EXPECT_EQ(scram->initial(), "n,,n=user,r=rOprNGfwEbeRWgbNEkqO");
  EXPECT_EQ(scram->respond(first),
            "c=biws,r=rOprNGfwEbeRWgbNEkqO%hvYDpWUa2RaTCAfuxFIlj)hNlF$k0,"
            "p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=");
  EXPECT_FALSE(scram->finish());
  EXPECT_EQ(scram->respond("v=6rriTRBi23WpRR/wtup+mMhUZUn/dB5nLTJRsjl95G4="), "");
  EXPECT_TRUE(scram->finish());
  EXPECT_FALSE(scram->respond("more"));
}

TEST(Sasl, ScramSha1ProvesBothSides) {
  const auto scram =
      make_sasl(Mechanism::scram_sha_1, {"user", "pencil"}, "fyko+d2lbbFgONRv9qkxdawL");
  EXPECT_EQ(
      scram->respond("r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,s=QSXCR+Q6sek8bf92,i=4096"),
      "c=biws,r=fyko+d2lbbFgONRv9qkxdawL3rfcNHYJY1ZVvWVs7j,p=v0X8v3Bz2T0CJGbJQyF0X+HI4Ts=");
  EXPECT_EQ(scram->respond("v=rmF9pqV8S7suAoZWja4dJRkFsKQ="), "");
  EXPECT_TRUE(scram->finish());
}

TEST(Sasl, ScramRemembersWhatThePasswordBecameUnderASalt) {
  const Credentials credentials{"user", "pencil"};
  const auto proof = [&](const std::string& challenge) {
    return make_sasl(Mechanism::scram_sha_256, credentials, nonce)->respond(challenge).value();
  };
  const std::string right = proof(first);
  EXPECT_EQ(proof(first), right);
  const std::string other = std::string("r=") + nonce + "x,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4095";
  EXPECT_NE(proof(other), right);
  EXPECT_EQ(proof(first), right) << "another salt is another key";
  credentials.salted->key = "what was remembered";
  EXPECT_NE(proof(first), right) << "it is used";
}

TEST(Sasl, ScramRefusesAServerThatDoesNotKnowThePassword) {
  const auto scram = client(Mechanism::scram_sha_256);
  ASSERT_TRUE(scram->respond(first));
  EXPECT_THAT(scram->respond("v=" + base64(std::string(32, 'x'))).error(), HasSubstr("prove"));
  EXPECT_FALSE(scram->finish());
  const auto refused = client(Mechanism::scram_sha_256);
  ASSERT_TRUE(refused->respond(first));
  EXPECT_THAT(refused->respond("e=invalid-proof").error(), HasSubstr("invalid-proof"));
}

TEST(Sasl, ScramRefusesChallengesThatMakeNoSense) {
  const std::string ours = std::string("r=") + nonce;
  for (const std::string& challenge :
       {std::string(), std::string("r="),
        std::string("r=another,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"),
        ours + ",s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096", ours + "x,s=,i=4096", ours + "x,s=!,i=4096",
        ours + "x,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=0", ours + "x,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=-1",
        ours + "x,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=100000001", ours + "x,i=4096",
        "m=must," + ours + "x,s=W22ZaJ0SNY7soEsUEjb6gQ==,i=4096"}) {
    EXPECT_FALSE(client(Mechanism::scram_sha_256)->respond(challenge)) << challenge;
  }
}

TEST(Sasl, ScramEscapesTheUserName) {
  const auto scram = make_sasl(Mechanism::scram_sha_256, {"a,b=c", "x"}, "n");
  EXPECT_EQ(scram->initial(), "n,,n=a=2Cb=3Dc,r=n");
}

TEST(SaslChoice, PrefersWhatKeepsThePasswordAtHome) {
  Capabilities offered;
  for (const char* each : {"AUTH=XOAUTH2", "AUTH=CRAM-MD5", "AUTH=LOGIN"}) offered.add(each);
  EXPECT_EQ(choose(Mechanism::automatic, offered), Mechanism::login);
  offered.add("AUTH=PLAIN");
  EXPECT_EQ(choose(Mechanism::automatic, offered), Mechanism::plain);
  offered.add("AUTH=SCRAM-SHA-256");
  EXPECT_EQ(choose(Mechanism::automatic, offered), Mechanism::scram_sha_256);
  EXPECT_EQ(choose(Mechanism::xoauth2, offered), Mechanism::xoauth2);
  EXPECT_THAT(choose(Mechanism::scram_sha_1, offered).error(), HasSubstr("SCRAM-SHA-1"));
  EXPECT_FALSE(choose(Mechanism::automatic, {}));
}

TEST(SaslNonce, IsNeverTheSame) {
  EXPECT_EQ(make_nonce().size(), 24u);
  EXPECT_NE(make_nonce(), make_nonce());
}

}  // namespace
}  // namespace vedette::mail
