// SPDX-License-Identifier: Apache-2.0
#include "probes/net/tls_alert.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes/net/tls_engine.h"

namespace vedette::net {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

// Numbers of RFC 8446 section 6.
constexpr int handshake_failure_alert = 40, bad_certificate = 42, unknown_ca = 48,
              protocol_version = 70, internal_error = 80, unrecognized_name = 112,
              certificate_required = 116, no_application_protocol = 120;

TEST(AlertFailure, AServerThatWantsAClientCertificateSaysWhatToSet) {
  const std::string wanted = "the server wants a client certificate: set cert_file and key_file";
  EXPECT_THAT(
      alert_failure({.description = certificate_required, .client_certificate_requested = true})
          .message,
      StartsWith(wanted));
  EXPECT_THAT(
      alert_failure({.description = handshake_failure_alert, .client_certificate_requested = true})
          .message,
      StartsWith(wanted));
}

TEST(AlertFailure, ARefusedClientCertificateIsToldApartFromOtherTrouble) {
  for (const int description : {bad_certificate, unknown_ca}) {
    EXPECT_THAT(alert_failure({.description = description,
                               .client_certificate_requested = true,
                               .client_certificate_given = true})
                    .message,
                StartsWith("the server refused the client certificate (TLS alert: "));
  }
  EXPECT_THAT(alert_failure({.description = unknown_ca}).message,
              StartsWith("the server ended the TLS session"));
}

TEST(AlertFailure, NamesWhatTheServerDoesNotShare) {
  EXPECT_EQ(alert_failure({.description = handshake_failure_alert}).reason, Reason::tls_handshake);
  EXPECT_THAT(alert_failure({.description = handshake_failure_alert}).message,
              HasSubstr("shares no cipher"));
  EXPECT_THAT(alert_failure({.description = protocol_version}).message,
              HasSubstr("speaks neither TLS 1.2 nor TLS 1.3"));
  EXPECT_THAT(alert_failure({.description = no_application_protocol}).message,
              HasSubstr("HTTP versions"));
  EXPECT_THAT(alert_failure({.description = unrecognized_name, .server_name = "shop.test"}).message,
              HasSubstr("does not know the name shop.test"));
}

TEST(AlertFailure, KeepsOpenSslsNameOfAnyAlert) {
  EXPECT_EQ(alert_failure({.description = internal_error}).message,
            "the server ended the TLS session (TLS alert: internal error)");
  EXPECT_EQ(alert_failure({.description = 250}).message,
            "the server ended the TLS session (TLS alert: unknown)");
}

TEST(HandshakeFailure, ReadsLibcurlsWords) {
  EXPECT_EQ(
      handshake_failure("OpenSSL SSL_connect: Connection reset by peer in connection to h:443 ")
          .reason,
      Reason::connect_reset);
  EXPECT_EQ(
      handshake_failure("OpenSSL SSL_connect: SSL_ERROR_SYSCALL in connection to h:443 ").reason,
      Reason::connect_reset);
  EXPECT_EQ(handshake_failure("error:0A000126:SSL routines::unexpected eof while reading").reason,
            Reason::connect_reset);
  const Failure plain = handshake_failure("error:0A00010B:SSL routines::wrong version number");
  EXPECT_EQ(plain.reason, Reason::tls_handshake);
  EXPECT_EQ(plain.message, "the server does not speak TLS on this port");
}

TEST(HandshakeFailure, KeepsWordsItDoesNotKnow) {
  EXPECT_EQ(handshake_failure("error:0A000172:SSL routines::wrong signature type").message,
            "the TLS handshake failed: error:0A000172:SSL routines::wrong signature type");
  EXPECT_EQ(handshake_failure("").message, "the TLS handshake failed");
}

}  // namespace
}  // namespace vedette::net
