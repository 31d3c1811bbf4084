// SPDX-License-Identifier: Apache-2.0
#include "probes/net/tls_session.h"

#include <utility>

#include <openssl/err.h>

namespace vedette::net {
namespace {

// As certificates name hosts: without brackets, zone, and the dot of the root.
std::string bare(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  if (host.find(':') != std::string_view::npos) host = host.substr(0, host.find('%'));
  if (host.ends_with('.')) host.remove_suffix(1);
  return std::string(host);
}

std::string peer_name(const std::string& host, const TlsSettings& settings) {
  return host + '\n' + settings.ca_file + '\n' + settings.cert_file;
}

}  // namespace

CurlTlsSession::CurlTlsSession(TlsShared& shared, CURL* easy, const TlsSettings& settings,
                               std::string_view host)
    : shared_(shared),
      easy_(easy),
      settings_(settings),
      host_(bare(settings.server_name.empty() ? host : settings.server_name)),
      peer_(peer_name(host_, settings)),
      context_(shared.context_for(settings, peer_)) {
  set_options();
}

CurlTlsSession::~CurlTlsSession() {
  if (handshake_ && handshake_->facts())
    shared_.keep_facts(handshake_->context(), *handshake_->facts());
}

void CurlTlsSession::set_options() {
  curl_easy_setopt(easy_, CURLOPT_CAINFO, nullptr);  // the roots come with on_ssl_context
  curl_easy_setopt(easy_, CURLOPT_CAPATH, nullptr);
  curl_easy_setopt(easy_, CURLOPT_CA_CACHE_TIMEOUT, 0L);
  curl_easy_setopt(easy_, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  curl_easy_setopt(easy_, CURLOPT_SSL_VERIFYPEER, settings_.verify ? 1L : 0L);
  // The handshake's own check knows server_name.
  curl_easy_setopt(easy_, CURLOPT_SSL_VERIFYHOST, 0L);
  // A resumed session would show no certificate.
  curl_easy_setopt(easy_, CURLOPT_SSL_SESSIONID_CACHE, 0L);
  curl_easy_setopt(easy_, CURLOPT_SSL_CTX_FUNCTION, on_ssl_context);
  curl_easy_setopt(easy_, CURLOPT_SSL_CTX_DATA, this);
}

CURLcode CurlTlsSession::on_ssl_context(CURL*, void* context, void* session) noexcept {
  return static_cast<CurlTlsSession*>(session)->configure(*static_cast<SSL_CTX*>(context));
}

CURLcode CurlTlsSession::configure(SSL_CTX& context) {
  const auto roots = shared_.roots(settings_.ca_file, context_);
  if (!roots && settings_.verify) {
    setup_failure_ = roots.error();
    return CURLE_SSL_CACERT_BADFILE;
  }
  if (!settings_.cert_file.empty()) {
    if (const CURLcode code = give_client_certificate(context); code != CURLE_OK) return code;
  }
  // Without roots, and with verify off, every issuer is unknown, and that is what is told.
  const Roots trusted = roots.value_or(Roots{.memo_allowed = false});
  if (trusted.store != nullptr) SSL_CTX_set1_cert_store(&context, trusted.store);
  SSL_CTX_set_options(&context, SSL_OP_NO_TICKET);
  SSL_CTX_set_mode(&context, SSL_MODE_RELEASE_BUFFERS);
  handshake_.emplace(
      shared_.verifier(), context,
      HandshakeOrder{.verify = {.host = host_,
                                .ca_file = settings_.ca_file,
                                .roots = trusted,
                                .context = context_,
                                .memo = shared_.settings().verify_memo && settings_.verify_memo,
                                .in_full = !shared_.went_well(peer_)},
                     .must_verify = settings_.verify,
                     .server_name = settings_.server_name.empty() ? std::string() : host_,
                     .client_certificate_given = !settings_.cert_file.empty()});
  // Keys that the slim context cannot read leave errors behind, and libssl would take them for its
  // own.
  ERR_clear_error();
  return CURLE_OK;
}

CURLcode CurlTlsSession::give_client_certificate(SSL_CTX& context) {
  const auto certificate = shared_.client_certificate(settings_);
  if (!certificate) {
    setup_failure_ = certificate.error();
    return CURLE_SSL_CERTPROBLEM;
  }
  if ((*certificate)->use_in(context)) return CURLE_OK;
  const char* why = ERR_reason_error_string(ERR_peek_last_error());
  setup_failure_ = Failure{Reason::tls_handshake,
                           "the client certificate " + settings_.cert_file +
                               " cannot be used: " + (why != nullptr ? why : "unknown reason")};
  ERR_clear_error();
  return CURLE_SSL_CERTPROBLEM;
}

std::optional<TlsFacts> CurlTlsSession::facts() const {
  return handshake_ ? handshake_->facts() : adopted_;
}

std::optional<Failure> CurlTlsSession::failure() const {
  if (setup_failure_) return setup_failure_;
  if (!handshake_) return std::nullopt;
  if (handshake_->refused()) return handshake_->facts()->verification;
  if (handshake_->fatal_alert()) return alert_failure(*handshake_->fatal_alert());
  return std::nullopt;
}

bool CurlTlsSession::wants_full_context() {
  const bool wants = context_ == TlsContext::slim && !setup_failure_ && handshake_ &&
                     handshake_->started() && !handshake_->done() && !handshake_->refused();
  if (wants) shared_.needs_full_context(peer_);
  return wants;
}

void CurlTlsSession::adopt() {
  if (handshake_) return;
  curl_tlssessioninfo* info = nullptr;
  if (curl_easy_getinfo(easy_, CURLINFO_TLS_SSL_PTR, &info) != CURLE_OK || info == nullptr ||
      info->internals == nullptr) {
    return;
  }
  adopted_ = shared_.facts_of(SSL_get_SSL_CTX(static_cast<const SSL*>(info->internals)));
}

void CurlTlsSession::finish(bool ok) {
  shared_.exchange_ended(peer_, context_, ok);
}

}  // namespace vedette::net
