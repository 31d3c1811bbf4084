// SPDX-License-Identifier: Apache-2.0
#include "probes/net/ssl_contexts.h"

#include <gtest/gtest.h>

namespace vedette::net {
namespace {

OSSL_LIB_CTX* library() {
  return OSSL_LIB_CTX_get0_global_default();
}

SslContexts::Lent take(SslContexts& contexts, bool only_once = false) {
  return contexts.take(TlsContext::full, library(), only_once);
}

TEST(SslContexts, OneThatIsGivenBackIsTakenAgain) {
  SslContexts contexts;
  auto first = take(contexts), second = take(contexts);
  ASSERT_TRUE(first && second);
  EXPECT_NE(first.get(), second.get());
  const SSL_CTX* gone = first.get();
  first.reset();
  EXPECT_EQ(take(contexts).get(), gone);
}

TEST(SslContexts, OneForASingleUseIsNeitherAnOldOneNorKept) {
  SslContexts contexts;
  const SSL_CTX* spare = take(contexts).get();
  auto single = take(contexts, true);
  EXPECT_NE(single.get(), spare);
  single.reset();
  EXPECT_EQ(take(contexts).get(), spare);
}

TEST(SslContexts, WhatOneTrustedAndWhoeverItCalledBackIsForgotten) {
  SslContexts contexts;
  const StorePtr trusted(X509_STORE_new());
  int somebody = 0;
  {
    const auto used = take(contexts);
    SSL_CTX_set1_cert_store(used.get(), trusted.get());
    SSL_CTX_set_verify(used.get(), SSL_VERIFY_NONE, nullptr);
    SSL_CTX_set_info_callback(used.get(), [](const SSL*, int, int) {});
    SSL_CTX_set_app_data(used.get(), &somebody);
  }
  const auto again = take(contexts);
  EXPECT_EQ(SSL_CTX_get_verify_mode(again.get()), SSL_VERIFY_PEER);
  EXPECT_EQ(SSL_CTX_get_info_callback(again.get()), nullptr);
  EXPECT_EQ(SSL_CTX_get_app_data(again.get()), nullptr);
  EXPECT_NE(SSL_CTX_get_cert_store(again.get()), trusted.get());
}

}  // namespace
}  // namespace vedette::net
