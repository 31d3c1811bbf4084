// SPDX-License-Identifier: Apache-2.0
#include "probes/net/tls_handshake.h"

#include <utility>

namespace vedette::net {
namespace {

std::string version_in_words(const SSL& session) {
  std::string version = SSL_get_version(&session);
  if (version.starts_with("TLSv")) version = "TLS " + version.substr(4);
  return version;
}

// Before the handshake is over, the cipher is only pending.
std::string cipher_of(const SSL& session) {
  const SSL_CIPHER* cipher = SSL_get_current_cipher(&session);
  if (cipher == nullptr) cipher = SSL_get_pending_cipher(&session);
  return cipher != nullptr ? SSL_CIPHER_get_name(cipher) : "";
}

}  // namespace

Handshake::Handshake(TlsVerifier& verifier, SSL_CTX& context, HandshakeOrder order)
    : verifier_(verifier), order_(std::move(order)), context_(&context) {
  SSL_CTX_up_ref(&context);
  SSL_CTX_set_app_data(&context, this);
  SSL_CTX_set_cert_verify_callback(&context, on_verify, this);
  SSL_CTX_set_cert_cb(&context, on_certificate_request, this);
  SSL_CTX_set_info_callback(&context, on_progress);
  // A second handshake on the connection would call back into what may be gone.
  SSL_CTX_set_options(&context, SSL_OP_NO_RENEGOTIATION);
}

Handshake::~Handshake() {
  SSL_CTX_set_app_data(context_.get(), nullptr);
}

int Handshake::on_verify(X509_STORE_CTX* presented, void* handshake) noexcept {
  return static_cast<Handshake*>(handshake)->verify(*presented);
}

int Handshake::on_certificate_request(SSL*, void* handshake) noexcept {
  static_cast<Handshake*>(handshake)->certificate_requested_ = true;
  return 1;
}

void Handshake::on_progress(const SSL* session, int where, int value) noexcept {
  // libssl made the object itself and hands it out as const only to discourage what is done at the
  // start: setting the SNI in the one moment after libcurl did and before the first message is
  // written.
  auto* handshake = static_cast<Handshake*>(SSL_CTX_get_app_data(SSL_get_SSL_CTX(session)));
  if (handshake != nullptr) handshake->progress(*const_cast<SSL*>(session), where, value);
}

int Handshake::verify(X509_STORE_CTX& presented) {
  const auto& session = *static_cast<const SSL*>(
      X509_STORE_CTX_get_ex_data(&presented, SSL_get_ex_data_X509_STORE_CTX_idx()));
  facts_ = verifier_.verify(presented, order_.verify);
  facts_->version = version_in_words(session);
  facts_->cipher = cipher_of(session);
  return refused() ? 0 : 1;
}

// An address is no SNI (RFC 6066).
void Handshake::set_server_name(SSL& session) {
  if (order_.server_name.empty()) return;
  const char* name = is_address(order_.server_name) ? nullptr : order_.server_name.c_str();
  SSL_set_tlsext_host_name(&session, name);
}

void Handshake::progress(SSL& session, int where, int value) {
  if (where == SSL_CB_HANDSHAKE_START && !started_) {
    started_ = true;
    set_server_name(session);
  }
  if (where == SSL_CB_HANDSHAKE_DONE) done_ = true;
  constexpr int fatal = SSL3_AL_FATAL << 8;
  if (where == SSL_CB_READ_ALERT && (value & fatal) == fatal) {
    const char* name = SSL_get_servername(&session, TLSEXT_NAMETYPE_host_name);
    alert_ = AlertSeen{.description = value & 0xff,
                       .client_certificate_requested = certificate_requested_,
                       .client_certificate_given = order_.client_certificate_given,
                       .server_name = name != nullptr ? name : ""};
  }
}

}  // namespace vedette::net
