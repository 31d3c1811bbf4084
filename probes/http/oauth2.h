// SPDX-License-Identifier: Apache-2.0
// Access tokens by client credentials (RFC 6749, section 4.4), kept until they expire.
#pragma once

#include <expected>
#include <memory>
#include <string>

#include "probes/deadline.h"
#include "probes/net/http_client.h"
#include "probes/transcript.h"

namespace vedette::http {

struct OAuth2Settings {
  net::HttpRequest request;  // complete
  net::HttpOptions options;
};

struct Token {
  std::string authorization;  // "Bearer ..."
  Mask mask;                  // all secrets of the check, and this token
  Steady::time_point good_until;
};

// One per check, used on one loop thread. Overlapping runs may each fetch a token; the last one
// stays.
class OAuth2 {
 public:
  // `mask` knows the secrets of the check.
  OAuth2(std::shared_ptr<const OAuth2Settings> settings, Mask mask);

  // The token that is kept, if it is still good.
  std::shared_ptr<const Token> kept() const;
  // A new one. The failure is always auth_failed, and its message says what went wrong.
  Awaitable<std::expected<std::shared_ptr<const Token>, net::Failure>> fetch(
      net::HttpClient& client, Deadline deadline);
  // The server refused it: not kept any longer, unless another run has replaced it already.
  void forget(const std::shared_ptr<const Token>& token);

 private:
  std::expected<std::shared_ptr<const Token>, net::Failure> keep(const net::HttpExchange& exchange);

  std::shared_ptr<const OAuth2Settings> settings_;
  Mask mask_;
  std::shared_ptr<const Token> token_;
};

}  // namespace vedette::http
