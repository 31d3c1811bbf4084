// SPDX-License-Identifier: Apache-2.0
// Runs blocking libcurl transfers through a TlsEngine, as the loop does: in its scope, with the
// retry in the full context.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "probes/net/tls_engine.h"

namespace vedette::test {

struct TlsRun {
  CURLcode code = CURLE_OK;
  std::string words;  // libcurl's error text
  std::string body;
  std::optional<net::TlsFacts> facts;
  std::optional<net::Failure> failure;              // as the loop would tell it
  net::TlsContext context = net::TlsContext::full;  // of the last attempt
  int attempts = 0;

  bool ok() const { return code == CURLE_OK && !failure; }
  // "pass", or the reason.
  std::string verdict() const;
};

class TlsClient {
 public:
  explicit TlsClient(net::TlsEngineSettings settings);

  // https://HOST:PORT/ at 127.0.0.1.
  TlsRun get(std::uint16_t port, const std::string& host, const net::TlsSettings& settings);
  net::TlsEngine& engine() { return engine_; }

 private:
  TlsRun attempt(std::uint16_t port, const std::string& host, const net::TlsSettings& settings,
                 bool& again);

  net::TlsEngine engine_;
};

}  // namespace vedette::test
