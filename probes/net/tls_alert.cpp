// SPDX-License-Identifier: Apache-2.0
#include "probes/net/tls_alert.h"

#include <string_view>

#include <fmt/format.h>
#include <openssl/ssl.h>

#include "probes/net/tls_engine.h"

namespace vedette::net {
namespace {

bool about_client_certificate(int description) {
  switch (description) {
    case SSL3_AD_BAD_CERTIFICATE:
    case SSL3_AD_UNSUPPORTED_CERTIFICATE:
    case SSL3_AD_CERTIFICATE_REVOKED:
    case SSL3_AD_CERTIFICATE_EXPIRED:
    case SSL3_AD_CERTIFICATE_UNKNOWN:
    case TLS1_AD_UNKNOWN_CA:
    case TLS1_AD_ACCESS_DENIED:
      return true;
    default:
      return false;
  }
}

std::string meaning(const AlertSeen& alert) {
  const bool none_given = alert.client_certificate_requested && !alert.client_certificate_given;
  if (alert.description == TLS13_AD_CERTIFICATE_REQUIRED ||
      (none_given && alert.description == SSL3_AD_HANDSHAKE_FAILURE)) {
    return alert.client_certificate_given
               ? "the server wants another client certificate"
               : "the server wants a client certificate: set cert_file and key_file";
  }
  if (about_client_certificate(alert.description) && alert.client_certificate_given) {
    return "the server refused the client certificate";
  }
  switch (alert.description) {
    case SSL3_AD_HANDSHAKE_FAILURE:
    case TLS1_AD_INSUFFICIENT_SECURITY:
      return "the server shares no cipher, group or signature algorithm with this client";
    case TLS1_AD_PROTOCOL_VERSION:
      return "the server speaks neither TLS 1.2 nor TLS 1.3";
    case TLS1_AD_UNRECOGNIZED_NAME:
      return fmt::format("the server does not know the name {}", alert.server_name);
    case TLS1_AD_NO_APPLICATION_PROTOCOL:
      return "the server speaks none of the offered HTTP versions";
    default:
      return "the server ended the TLS session";
  }
}

struct Saying {
  std::string_view part;  // of libcurl's or OpenSSL's message
  Reason reason;
  std::string_view plain;
};
constexpr Saying sayings[] = {
    {"onnection reset", Reason::connect_reset,
     "the server reset the connection during the TLS handshake"},
    {"getpeername", Reason::connect_reset,
     "the server reset the connection before the TLS handshake"},
    {"unexpected eof", Reason::connect_reset,
     "the server closed the connection during the TLS handshake"},
    {"SSL_ERROR_SYSCALL", Reason::connect_reset,
     "the server closed the connection during the TLS handshake"},
    {"wrong version number", Reason::tls_handshake, "the server does not speak TLS on this port"},
    {"packet length too long", Reason::tls_handshake, "the server does not speak TLS on this port"},
    {"http request", Reason::tls_handshake, "the server does not speak TLS on this port"},
    {"unsupported protocol", Reason::tls_handshake,
     "the server speaks neither TLS 1.2 nor TLS 1.3"},
    {"dh key too small", Reason::tls_handshake, "the server's key exchange is too weak"},
    {"too small", Reason::tls_handshake, "the server's key is too short"},
};

}  // namespace

Failure alert_failure(const AlertSeen& alert) {
  return {Reason::tls_handshake, fmt::format("{} (TLS alert: {})", meaning(alert),
                                             SSL_alert_desc_string_long(alert.description))};
}

Failure handshake_failure(std::string_view libcurl_message) {
  for (const Saying& saying : sayings) {
    if (libcurl_message.find(saying.part) == std::string_view::npos) continue;
    return {saying.reason, std::string(saying.plain)};
  }
  if (libcurl_message.empty()) return {Reason::tls_handshake, "the TLS handshake failed"};
  return {Reason::tls_handshake, fmt::format("the TLS handshake failed: {}", libcurl_message)};
}

}  // namespace vedette::net
