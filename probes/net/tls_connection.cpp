// SPDX-License-Identifier: Apache-2.0
#include "probes/net/tls_connection.h"

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

TlsConnection::TlsConnection(TlsShared& shared, const TlsSettings& settings, std::string_view host,
                             Sni sni)
    : shared_(shared),
      settings_(settings),
      host_(bare(settings.server_name.empty() ? host : settings.server_name)),
      peer_(peer_name(host_, settings)),
      context_(shared.context_for(settings, peer_)),
      sni_(sni) {}

std::expected<void, TlsConnection::Trouble> TlsConnection::configure(SSL_CTX& context) {
  const auto roots = shared_.roots(settings_.ca_file, context_);
  if (!roots && settings_.verify) {
    setup_failure_ = roots.error();
    return std::unexpected(Trouble::roots);
  }
  if (!settings_.cert_file.empty()) {
    if (auto given = give_client_certificate(context); !given) return given;
  }
  // Without roots, and with verify off, every issuer is unknown, and that is what is told.
  const Roots trusted = roots.value_or(Roots{.memo_allowed = false});
  if (trusted.store != nullptr) SSL_CTX_set1_cert_store(&context, trusted.store);
  SSL_CTX_set_options(&context, SSL_OP_NO_TICKET);
  SSL_CTX_set_mode(&context, SSL_MODE_RELEASE_BUFFERS);
  const bool name_is_ours = sni_ == Sni::by_us || !settings_.server_name.empty();
  handshake_.emplace(
      shared_.verifier(), context,
      HandshakeOrder{.verify = {.host = host_,
                                .ca_file = settings_.ca_file,
                                .roots = trusted,
                                .context = context_,
                                .memo = shared_.settings().verify_memo && settings_.verify_memo,
                                .in_full = !shared_.went_well(peer_)},
                     .must_verify = settings_.verify,
                     .server_name = name_is_ours ? host_ : std::string(),
                     .client_certificate_given = !settings_.cert_file.empty()});
  // Keys that the slim context cannot read leave errors behind, and libssl would take them for its
  // own.
  ERR_clear_error();
  return {};
}

std::expected<void, TlsConnection::Trouble> TlsConnection::give_client_certificate(
    SSL_CTX& context) {
  const auto certificate = shared_.client_certificate(settings_);
  if (!certificate) {
    setup_failure_ = certificate.error();
    return std::unexpected(Trouble::client_certificate);
  }
  if ((*certificate)->use_in(context)) return {};
  const char* why = ERR_reason_error_string(ERR_peek_last_error());
  setup_failure_ = Failure{Reason::tls_handshake,
                           "the client certificate " + settings_.cert_file +
                               " cannot be used: " + (why != nullptr ? why : "unknown reason")};
  ERR_clear_error();
  return std::unexpected(Trouble::client_certificate);
}

std::optional<TlsFacts> TlsConnection::facts() const {
  return handshake_ ? handshake_->facts() : std::nullopt;
}

std::optional<Failure> TlsConnection::failure() const {
  if (setup_failure_) return setup_failure_;
  if (!handshake_) return std::nullopt;
  if (handshake_->refused()) return handshake_->facts()->verification;
  if (handshake_->fatal_alert()) return alert_failure(*handshake_->fatal_alert());
  return std::nullopt;
}

bool TlsConnection::wants_full_context() {
  const bool wants = context_ == TlsContext::slim && !setup_failure_ && handshake_ &&
                     handshake_->started() && !handshake_->done() && !handshake_->refused();
  if (wants) shared_.needs_full_context(peer_);
  return wants;
}

void TlsConnection::finish(bool ok) {
  shared_.exchange_ended(peer_, context_, ok);
}

}  // namespace vedette::net
