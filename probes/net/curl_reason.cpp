// SPDX-License-Identifier: Apache-2.0
#include "probes/net/curl_reason.h"

#include <cerrno>

#include <fmt/format.h>

#include "probes/net/socket_reason.h"

namespace vedette::net {
namespace {

const char* stage_name(Stage stage) {
  switch (stage) {
    case Stage::connect:
      return "connect";
    case Stage::tunnel:
      return "proxy";
    case Stage::tls:
      return "tls";
    case Stage::processing:
      return "processing";
    case Stage::transfer:
      return "transfer";
  }
  return "transfer";
}

// A proxy that answers CONNECT with anything but success is told as a failed receive.
Failure proxy_failure(int status) {
  if (status == 407) {
    return {Reason::auth_failed, "proxy: the proxy asks for a login (407)"};
  }
  return {Reason::connect_refused, fmt::format("proxy: the proxy refused the tunnel ({})", status)};
}

Failure broken_answer(const TransferFacts& facts, std::string_view otherwise) {
  return {Reason::protocol_error, fmt::format("{}: {}", stage_name(facts.stage),
                                              facts.detail.empty() ? otherwise : facts.detail)};
}

Failure broken_off(CURLcode code, const TransferFacts& facts) {
  if (facts.proxy_status >= 300) {
    return proxy_failure(facts.proxy_status);
  }
  if (facts.os_error == ECONNRESET || facts.os_error == EPIPE || facts.os_error == ECONNABORTED) {
    return broken_connection(facts.os_error, stage_name(facts.stage));
  }
  if (facts.os_error == ETIMEDOUT) {
    return timeout_failure(facts);
  }
  return broken_answer(facts, curl_easy_strerror(code));
}

}  // namespace

Failure curl_failure(CURLcode code, const TransferFacts& facts) {
  switch (code) {
    case CURLE_COULDNT_CONNECT:
    case CURLE_INTERFACE_FAILED:
      return connect_failure(facts.os_error, facts.peer);
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_PROXY:
      return broken_off(code, facts);
    case CURLE_OPERATION_TIMEDOUT:
      return timeout_failure(facts);
    case CURLE_GOT_NOTHING:
      return {Reason::protocol_error,
              "processing: the server closed the connection without an answer"};
    case CURLE_PARTIAL_FILE:
      return {Reason::protocol_error,
              "transfer: the server closed the connection before the body was complete"};
    case CURLE_OUT_OF_MEMORY:
      // libcurl's word for a header line beyond its limit of 100 KiB; memory itself does not run
      // out on Linux.
      return {Reason::protocol_error, "processing: a header line of the answer is too long"};
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return {Reason::dns_malformed, "resolve: the host name cannot be used"};
    case CURLE_TOO_MANY_REDIRECTS:
      return {Reason::too_many_redirects, "transfer: too many redirects"};
    case CURLE_LOGIN_DENIED:
    case CURLE_AUTH_ERROR:
      return {Reason::auth_failed, "processing: the login was not accepted"};
    case CURLE_FILESIZE_EXCEEDED:
      return {Reason::body_too_large, "transfer: the body is too large"};
    case CURLE_UNSUPPORTED_PROTOCOL:
      return {Reason::protocol_error, "processing: the answer is not HTTP"};
    default:
      return broken_answer(facts, curl_easy_strerror(code));
  }
}

Failure timeout_failure(const TransferFacts& facts) {
  switch (facts.stage) {
    case Stage::connect:
      return {Reason::connect_timeout,
              fmt::format("connect: {} did not answer in time", facts.peer)};
    case Stage::tunnel:
      return {Reason::connect_timeout, "connect: the proxy did not open a tunnel in time"};
    case Stage::tls:
      return {Reason::tls_timeout, "tls: the handshake was not over in time"};
    case Stage::processing:
      return {Reason::timeout, "processing: the server did not answer in time"};
    case Stage::transfer:
      return {Reason::timeout, "transfer: the answer was not complete in time"};
  }
  return {Reason::timeout, "transfer: the answer was not complete in time"};
}

bool is_tls_code(CURLcode code) {
  switch (code) {
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_ENGINE_NOTFOUND:
    case CURLE_SSL_ENGINE_SETFAILED:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_USE_SSL_FAILED:
    case CURLE_SSL_ENGINE_INITFAILED:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_SHUTDOWN_FAILED:
    case CURLE_SSL_CRL_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_SSL_PINNEDPUBKEYNOTMATCH:
    case CURLE_SSL_INVALIDCERTSTATUS:
    case CURLE_SSL_CLIENTCERT:
      return true;
    default:
      return false;
  }
}

}  // namespace vedette::net
