// SPDX-License-Identifier: Apache-2.0
#include "probes/net/ssl_contexts.h"

#include <utility>

#include <openssl/x509_vfy.h>

namespace vedette::net {
namespace {

SslContextPtr made(OSSL_LIB_CTX* library) {
  SslContextPtr context(SSL_CTX_new_ex(library, nullptr, TLS_client_method()));
  if (context == nullptr) return context;
  SSL_CTX_set_min_proto_version(context.get(), TLS1_2_VERSION);
  // A resumed session would show no certificate.
  SSL_CTX_set_session_cache_mode(context.get(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
  return context;
}

// Without its hooks it verifies as OpenSSL does by itself; without roots it accepts nobody.
bool cleared(SSL_CTX& context) {
  X509_STORE* nobody = X509_STORE_new();
  if (nobody == nullptr) return false;
  SSL_CTX_set_cert_store(&context, nobody);
  SSL_CTX_set_verify(&context, SSL_VERIFY_PEER, nullptr);
  SSL_CTX_set_cert_verify_callback(&context, nullptr, nullptr);
  SSL_CTX_set_cert_cb(&context, nullptr, nullptr);
  SSL_CTX_set_info_callback(&context, nullptr);
  SSL_CTX_set_app_data(&context, nullptr);
  return true;
}

}  // namespace

SslContexts::Lent SslContexts::take(TlsContext library, OSSL_LIB_CTX* made_in, bool only_once) {
  auto& spare = spare_[static_cast<std::size_t>(library)];
  const GivesBack back{only_once ? nullptr : this, library};
  if (only_once || spare.empty()) return {made(made_in).release(), back};
  Lent taken(spare.back().release(), back);
  spare.pop_back();
  return taken;
}

void SslContexts::GivesBack::operator()(SSL_CTX* context) const {
  SslContextPtr kept(context);
  if (home == nullptr) return;
  auto& spare = home->spare_[static_cast<std::size_t>(library)];
  if (spare.size() < max_spare && cleared(*kept)) spare.push_back(std::move(kept));
}

}  // namespace vedette::net
