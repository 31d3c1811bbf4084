// SPDX-License-Identifier: Apache-2.0
#include "probes/net/tls_session.h"

namespace vedette::net {

CurlTlsSession::CurlTlsSession(TlsShared& shared, CURL* easy, const TlsSettings& settings,
                               std::string_view host)
    : shared_(shared),
      easy_(easy),
      connection_(shared, settings, host, TlsConnection::Sni::by_driver) {
  set_options();
}

CurlTlsSession::~CurlTlsSession() {
  const Handshake* handshake = connection_.handshake();
  if (handshake != nullptr && handshake->facts())
    shared_.keep_facts(handshake->context(), *handshake->facts());
}

void CurlTlsSession::set_options() {
  curl_easy_setopt(easy_, CURLOPT_CAINFO, nullptr);  // the roots come with on_ssl_context
  curl_easy_setopt(easy_, CURLOPT_CAPATH, nullptr);
  curl_easy_setopt(easy_, CURLOPT_CA_CACHE_TIMEOUT, 0L);
  curl_easy_setopt(easy_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(easy_, CURLOPT_SSL_VERIFYPEER, connection_.settings().verify ? 1L : 0L);
  // The handshake's own check knows server_name.
  curl_easy_setopt(easy_, CURLOPT_SSL_VERIFYHOST, 0L);
  // A resumed session would show no certificate.
  curl_easy_setopt(easy_, CURLOPT_SSL_SESSIONID_CACHE, 0L);
  curl_easy_setopt(easy_, CURLOPT_SSL_CTX_FUNCTION, on_ssl_context);
  curl_easy_setopt(easy_, CURLOPT_SSL_CTX_DATA, this);
}

CURLcode CurlTlsSession::on_ssl_context(CURL*, void* context, void* session) noexcept {
  auto& connection = static_cast<CurlTlsSession*>(session)->connection_;
  const auto ready = connection.configure(*static_cast<SSL_CTX*>(context));
  if (ready) return CURLE_OK;
  return ready.error() == TlsConnection::Trouble::roots ? CURLE_SSL_CACERT_BADFILE
                                                        : CURLE_SSL_CERTPROBLEM;
}

std::optional<TlsFacts> CurlTlsSession::facts() const {
  return connection_.handshake() != nullptr ? connection_.facts() : adopted_;
}

void CurlTlsSession::adopt() {
  if (connection_.handshake() != nullptr) return;
  curl_tlssessioninfo* info = nullptr;
  if (curl_easy_getinfo(easy_, CURLINFO_TLS_SSL_PTR, &info) != CURLE_OK || info == nullptr ||
      info->internals == nullptr) {
    return;
  }
  adopted_ = shared_.facts_of(SSL_get_SSL_CTX(static_cast<const SSL*>(info->internals)));
}

}  // namespace vedette::net
