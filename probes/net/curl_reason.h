// SPDX-License-Identifier: Apache-2.0
// How a transfer ended, in our words.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <curl/curl.h>

#include "probes/net/failure.h"

namespace vedette::net {

// How far the transfer had come.
enum class Stage : std::uint8_t { connect, tunnel, tls, processing, transfer };

struct TransferFacts {
  Stage stage = Stage::connect;
  int os_error = 0;         // CURLINFO_OS_ERRNO
  int proxy_status = 0;     // of CONNECT, 0: none seen
  std::string peer;         // "192.0.2.1 port 443"
  std::string_view detail;  // libcurl's error buffer
};

// For any code but CURLE_OK and those of TLS (see is_tls_code).
Failure curl_failure(CURLcode code, const TransferFacts& facts);

// The deadline came: connect_timeout, tls_timeout, or timeout.
Failure timeout_failure(const TransferFacts& facts);

// The TLS engine knows more about these.
bool is_tls_code(CURLcode code);

}  // namespace vedette::net
