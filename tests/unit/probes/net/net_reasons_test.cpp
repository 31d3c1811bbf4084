// SPDX-License-Identifier: Apache-2.0
// The tables from the libraries' codes to our reasons.
#include <cerrno>

#include <ares.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "probes/net/ares_reason.h"
#include "probes/net/curl_reason.h"

namespace vedette::net {
namespace {

TransferFacts at(Stage stage, int os_error = 0, int proxy_status = 0) {
  return {.stage = stage,
          .os_error = os_error,
          .proxy_status = proxy_status,
          .peer = "192.0.2.1 port 80",
          .detail = {}};
}

TEST(CurlReason, Table) {
  struct Case {
    CURLcode code;
    TransferFacts facts;
    Reason reason;
  };
  for (const auto& [code, facts, reason] : std::vector<Case>{
           {CURLE_COULDNT_CONNECT, at(Stage::connect, ECONNREFUSED), Reason::connect_refused},
           {CURLE_COULDNT_CONNECT, at(Stage::connect, ENETUNREACH), Reason::connect_unreachable},
           {CURLE_COULDNT_CONNECT, at(Stage::connect, EHOSTUNREACH), Reason::connect_unreachable},
           {CURLE_COULDNT_CONNECT, at(Stage::connect, EACCES), Reason::connect_unreachable},
           {CURLE_COULDNT_CONNECT, at(Stage::connect, EADDRNOTAVAIL), Reason::connect_unreachable},
           {CURLE_COULDNT_CONNECT, at(Stage::connect, ETIMEDOUT), Reason::connect_timeout},
           {CURLE_COULDNT_CONNECT, at(Stage::connect, ECONNRESET), Reason::connect_reset},
           {CURLE_COULDNT_CONNECT, at(Stage::connect), Reason::connect_unreachable},
           {CURLE_RECV_ERROR, at(Stage::processing, ECONNRESET), Reason::connect_reset},
           {CURLE_SEND_ERROR, at(Stage::processing, EPIPE), Reason::connect_reset},
           {CURLE_RECV_ERROR, at(Stage::processing, ETIMEDOUT), Reason::timeout},
           {CURLE_RECV_ERROR, at(Stage::processing), Reason::protocol_error},
           {CURLE_RECV_ERROR, at(Stage::tunnel, 0, 403), Reason::connect_refused},
           {CURLE_RECV_ERROR, at(Stage::tunnel, 0, 407), Reason::auth_failed},
           {CURLE_OPERATION_TIMEDOUT, at(Stage::connect), Reason::connect_timeout},
           {CURLE_OPERATION_TIMEDOUT, at(Stage::tls), Reason::tls_timeout},
           {CURLE_OPERATION_TIMEDOUT, at(Stage::processing), Reason::timeout},
           {CURLE_GOT_NOTHING, at(Stage::processing), Reason::protocol_error},
           {CURLE_PARTIAL_FILE, at(Stage::transfer), Reason::protocol_error},
           {CURLE_WEIRD_SERVER_REPLY, at(Stage::processing), Reason::protocol_error},
           {CURLE_UNSUPPORTED_PROTOCOL, at(Stage::processing), Reason::protocol_error},
           {CURLE_BAD_CONTENT_ENCODING, at(Stage::transfer), Reason::protocol_error},
           {CURLE_HTTP2, at(Stage::processing), Reason::protocol_error},
           {CURLE_HTTP2_STREAM, at(Stage::transfer), Reason::protocol_error},
           {CURLE_OUT_OF_MEMORY, at(Stage::processing), Reason::protocol_error},
           {CURLE_FILESIZE_EXCEEDED, at(Stage::transfer), Reason::body_too_large},
           {CURLE_TOO_MANY_REDIRECTS, at(Stage::transfer), Reason::too_many_redirects},
           {CURLE_COULDNT_RESOLVE_HOST, at(Stage::connect), Reason::dns_malformed}}) {
    const auto failure = curl_failure(code, facts);
    EXPECT_EQ(failure.reason, reason) << curl_easy_strerror(code) << ", errno " << facts.os_error;
    EXPECT_FALSE(failure.message.empty());
  }
}

TEST(CurlReason, EveryCodeHasAReasonAndASentence) {
  for (int code = 1; code < CURL_LAST; ++code) {
    const auto failure = curl_failure(static_cast<CURLcode>(code), at(Stage::processing));
    EXPECT_FALSE(failure.message.empty()) << code;
    EXPECT_NE(failure.message.find(": "), std::string::npos) << failure.message;
  }
}

TEST(CurlReason, TimeoutNamesThePhase) {
  EXPECT_EQ(timeout_failure(at(Stage::connect)).reason, Reason::connect_timeout);
  EXPECT_EQ(timeout_failure(at(Stage::tunnel)).reason, Reason::connect_timeout);
  EXPECT_EQ(timeout_failure(at(Stage::tls)).reason, Reason::tls_timeout);
  EXPECT_THAT(timeout_failure(at(Stage::processing)).message, testing::StartsWith("processing:"));
  EXPECT_THAT(timeout_failure(at(Stage::transfer)).message, testing::StartsWith("transfer:"));
}

TEST(CurlReason, TlsCodesAreLeftToTheTlsEngine) {
  EXPECT_TRUE(is_tls_code(CURLE_SSL_CONNECT_ERROR));
  EXPECT_TRUE(is_tls_code(CURLE_PEER_FAILED_VERIFICATION));
  EXPECT_TRUE(is_tls_code(CURLE_SSL_CERTPROBLEM));
  EXPECT_FALSE(is_tls_code(CURLE_RECV_ERROR));
  EXPECT_FALSE(is_tls_code(CURLE_OK));
}

TEST(AresReason, Table) {
  for (const auto& [status, reason] :
       std::vector<std::pair<int, Reason>>{{ARES_ENOTFOUND, Reason::dns_nxdomain},
                                           {ARES_ENODATA, Reason::dns_no_data},
                                           {ARES_ESERVFAIL, Reason::dns_servfail},
                                           {ARES_EREFUSED, Reason::dns_refused},
                                           {ARES_ENOTIMP, Reason::dns_refused},
                                           {ARES_ECONNREFUSED, Reason::dns_refused},
                                           {ARES_ETIMEOUT, Reason::dns_timeout},
                                           {ARES_EFORMERR, Reason::dns_malformed},
                                           {ARES_EBADRESP, Reason::dns_malformed},
                                           {ARES_EBADNAME, Reason::dns_malformed},
                                           {ARES_ENOMEM, Reason::dns_servfail}}) {
    const auto failure = ares_failure(status, "shop.test");
    EXPECT_EQ(failure.reason, reason) << ares_strerror(status);
    EXPECT_THAT(failure.message, testing::StartsWith("resolve: "));
    EXPECT_THAT(failure.message, testing::HasSubstr("shop.test"));
  }
}

}  // namespace
}  // namespace vedette::net
