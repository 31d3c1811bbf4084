// SPDX-License-Identifier: Apache-2.0
// Connections that are kept for later runs, apart for each way of doing TLS: libcurl itself would
// hand a connection that was made without verification to a check that asks for it.
#pragma once

#include <utility>
#include <vector>

#include <curl/curl.h>

#include "probes/net/tls_settings.h"

namespace vedette::net {

class ConnectionShares {
 public:
  // As many different settings as a configuration may have; checks beyond that connect anew each
  // time.
  static constexpr std::size_t max_shares = 256;

  ConnectionShares() = default;
  ~ConnectionShares();
  ConnectionShares(const ConnectionShares&) = delete;
  ConnectionShares& operator=(const ConnectionShares&) = delete;

  // Null when there are too many.
  CURLSH* of(const TlsSettings& settings);

 private:
  std::vector<std::pair<TlsSettings, CURLSH*>> shares_;
};

// Null: the connection is made anew and not kept.
void use_share(CURL* easy, CURLSH* share);

}  // namespace vedette::net
