// SPDX-License-Identifier: Apache-2.0
#include "probes/net/tls_engine.h"

#include <utility>

#include <openssl/crypto.h>

#include "probes/net/tls_session.h"
#include "probes/net/tls_shared.h"

namespace vedette::net {

TlsEngine::Scope::Scope(void* library_context)
    : former_(OSSL_LIB_CTX_set0_default(static_cast<OSSL_LIB_CTX*>(library_context))) {}

TlsEngine::Scope::~Scope() {
  OSSL_LIB_CTX_set0_default(static_cast<OSSL_LIB_CTX*>(former_));
}

TlsEngine::TlsEngine(TlsEngineSettings settings)
    : shared_(std::make_unique<TlsShared>(std::move(settings))) {}

TlsEngine::~TlsEngine() = default;

TlsEngine::Scope TlsEngine::enter(TlsContext context) const {
  return Scope(shared_->library(context));
}

std::unique_ptr<TlsSession> TlsEngine::attach(CURL* easy, const TlsSettings& settings,
                                              std::string_view host) {
  return std::make_unique<CurlTlsSession>(*shared_, easy, settings, host);
}

void TlsEngine::reload_roots() {
  shared_->forget_roots();
}

TlsCounters TlsEngine::counters() const {
  return shared_->counters();
}

}  // namespace vedette::net
