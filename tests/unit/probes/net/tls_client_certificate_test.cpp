// SPDX-License-Identifier: Apache-2.0
#include "probes/net/tls_client_certificate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>

#include "tests/support/temp_dir.h"
#include "tests/support/tls_files.h"

namespace vedette::net {
namespace {

using test::KeyKind;
using testing::HasSubstr;

class ClientCertificateTest : public ::testing::Test {
 protected:
  std::string write(const std::string& name, const std::string& text) {
    return directory_.write(name, text);
  }
  std::string problem(const std::string& cert, const std::string& key) {
    const auto read = read_client_certificate(cert, key);
    return read ? "none" : read.error().message;
  }

  test::TempDir directory_;
  test::Authority authority_ = test::Authority::root("Root").intermediate("Issuing");
  test::Identity identity_ = authority_.issue({.common_name = "prober", .client = true});
};

std::string encrypted(const std::string& key_pem) {
  const BioPtr in(BIO_new_mem_buf(key_pem.data(), static_cast<int>(key_pem.size())));
  const KeyPtr key(PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr));
  const BioPtr out(BIO_new(BIO_s_mem()));
  char password[] = "secret";
  PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), EVP_aes_128_cbc(), password, 6, nullptr,
                                nullptr);
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

TEST_F(ClientCertificateTest, ReadsACertificateItsIntermediatesAndItsKey) {
  const auto read = read_client_certificate(write("c.pem", identity_.chain_pem),
                                            write("c.key", identity_.key_pem));
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(sk_X509_num(read->others.get()), 1);
}

TEST_F(ClientCertificateTest, WithoutAKeyFileTheKeyIsInTheCertificatesFile) {
  EXPECT_TRUE(
      read_client_certificate(write("both.pem", identity_.key_pem + identity_.chain_pem), ""));
}

TEST_F(ClientCertificateTest, SaysWhichFileIsWrongAndWhy) {
  const std::string cert = write("c.pem", identity_.chain_pem);
  const std::string key = write("c.key", identity_.key_pem);
  const std::string other = write("o.key", authority_.issue({.client = true}).key_pem);
  const std::string junk = write("junk", "no PEM at all");
  EXPECT_EQ(problem("/nowhere/c.pem", key),
            "the client certificate /nowhere/c.pem cannot be used: No such file or directory");
  EXPECT_THAT(problem(junk, key),
              HasSubstr("the client certificate " + junk + " cannot be used: it holds no PEM"));
  EXPECT_THAT(problem(cert, "/nowhere/c.key"),
              HasSubstr("the client key /nowhere/c.key cannot be used: No such file"));
  EXPECT_THAT(problem(cert, junk), HasSubstr("it holds no PEM key"));
  EXPECT_THAT(problem(cert, ""), HasSubstr("it holds no PEM key"));
  EXPECT_THAT(problem(cert, other), HasSubstr("it does not belong to the client certificate"));
  EXPECT_THAT(problem(directory_.path(), key), HasSubstr("cannot be used: Invalid argument"));
}

TEST_F(ClientCertificateTest, AnEncryptedKeyIsAnErrorAndAsksNobody) {
  const std::string key = write("e.key", encrypted(identity_.key_pem));
  EXPECT_THAT(problem(write("c.pem", identity_.chain_pem), key), HasSubstr("it is encrypted"));
}

TEST_F(ClientCertificateTest, IsReadOnceAndAgainWhenAFileChanges) {
  const std::string cert = write("c.pem", identity_.chain_pem);
  const std::string key = write("c.key", identity_.key_pem);
  ClientCertificates certificates;
  Steady::time_point now{};
  const X509* first = (*certificates.get(cert, key, now))->leaf.get();
  now += ClientCertificates::recheck_after;
  EXPECT_EQ((*certificates.get(cert, key, now))->leaf.get(), first);

  const auto renewed =
      authority_.issue({.common_name = "renewed", .key = KeyKind::rsa2048, .client = true});
  write("c.pem", renewed.chain_pem);
  write("c.key", renewed.key_pem);
  EXPECT_EQ((*certificates.get(cert, key, now))->leaf.get(), first) << "too early to look";
  now += ClientCertificates::recheck_after;
  const auto second = certificates.get(cert, key, now);
  ASSERT_TRUE(second);
  EXPECT_EQ(EVP_PKEY_get_base_id((*second)->key.get()), EVP_PKEY_RSA);
}

TEST_F(ClientCertificateTest, IsTriedAgainWhenItCouldNotBeRead) {
  const std::string cert = directory_ / "late.pem";
  ClientCertificates certificates;
  Steady::time_point now{};
  EXPECT_FALSE(certificates.get(cert, "", now));
  write("late.pem", identity_.chain_pem + identity_.key_pem);
  now += ClientCertificates::recheck_after;
  EXPECT_TRUE(certificates.get(cert, "", now));
}

}  // namespace
}  // namespace vedette::net
