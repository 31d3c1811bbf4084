// SPDX-License-Identifier: Apache-2.0
// Each troubled certificate has the trouble it is named for, and no other.
#include "tests/support/tls_files.h"

#include <memory>

#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include "tests/support/temp_dir.h"

namespace vedette::test {
namespace {

int verify(const TlsFiles& files, const std::string& name, const char* host) {
  const std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> reader(SSL_CTX_new(TLS_method()),
                                                                 SSL_CTX_free);
  EXPECT_EQ(SSL_CTX_use_certificate_chain_file(reader.get(), files.chain(name).c_str()), 1);
  EXPECT_EQ(SSL_CTX_use_PrivateKey_file(reader.get(), files.key(name).c_str(), SSL_FILETYPE_PEM),
            1);
  STACK_OF(X509)* chain = nullptr;
  SSL_CTX_get0_chain_certs(reader.get(), &chain);
  EXPECT_EQ(X509_STORE_load_file(SSL_CTX_get_cert_store(reader.get()), files.root().c_str()), 1);
  const std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)> context(
      X509_STORE_CTX_new(), X509_STORE_CTX_free);
  X509_STORE_CTX_init(context.get(), SSL_CTX_get_cert_store(reader.get()),
                      SSL_CTX_get0_certificate(reader.get()), chain);
  X509_STORE_CTX_set_default(context.get(), "ssl_server");
  X509_VERIFY_PARAM_set1_host(X509_STORE_CTX_get0_param(context.get()), host, 0);
  X509_verify_cert(context.get());
  return X509_STORE_CTX_get_error(context.get());
}

TEST(TlsFilesTest, EachCertificateHasItsOwnTrouble) {
  const TempDir dir;
  const TlsFiles files(dir / "tls");
  EXPECT_EQ(verify(files, "good", "shop.test"), X509_V_OK);
  EXPECT_EQ(verify(files, "good", "www.shop.test"), X509_V_OK);
  EXPECT_EQ(verify(files, "expired", "shop.test"), X509_V_ERR_CERT_HAS_EXPIRED);
  EXPECT_EQ(verify(files, "not_yet_valid", "shop.test"), X509_V_ERR_CERT_NOT_YET_VALID);
  EXPECT_EQ(verify(files, "wrong_host", "shop.test"), X509_V_ERR_HOSTNAME_MISMATCH);
  EXPECT_EQ(verify(files, "wrong_host", "other.test"), X509_V_OK);
  EXPECT_EQ(verify(files, "self_signed", "shop.test"), X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT);
  EXPECT_EQ(verify(files, "unknown_issuer", "shop.test"),
            X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
  EXPECT_EQ(verify(files, "client", "probe"), X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY);
}

TEST(TlsFilesTest, EveryKindOfKeyVerifies) {
  const TempDir dir;
  const TlsFiles files(dir / "tls");
  for (const KeyKind kind : {KeyKind::p384, KeyKind::p521, KeyKind::rsa2048, KeyKind::ed25519}) {
    CertificateOptions options = TlsFiles::shop();
    options.key = kind;
    files.add("other", options);
    EXPECT_EQ(verify(files, "other", "shop.test"), X509_V_OK);
  }
}

TEST(TlsFilesTest, TheBundleHoldsOursAmongStrangers) {
  const std::string ours = Authority::root("Ours").pem();
  const std::string bundle = bundle_with(ours, 5);
  std::size_t count = 0;
  for (std::size_t at = 0; (at = bundle.find("BEGIN CERT", at)) != std::string::npos; ++at) {
    ++count;
  }
  EXPECT_EQ(count, 5U);
  EXPECT_NE(bundle.find(ours), std::string::npos);
}

}  // namespace
}  // namespace vedette::test
