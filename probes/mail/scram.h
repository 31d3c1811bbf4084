// SPDX-License-Identifier: Apache-2.0
// SCRAM (RFC 5802) without channel binding: the password stays at home, and the server proves that
// it knows it, too.
#pragma once

#include <string>
#include <string_view>

#include "probes/mail/sasl.h"
#include "probes/net/digest.h"

namespace vedette::mail {

class Scram : public SaslClient {
 public:
  // More rounds than this are refused: they would stop the loop (100,000 take about 50 ms).
  static constexpr int max_iterations = 100'000;

  Scram(net::Hash hash, const Credentials& credentials, std::string nonce);

  std::optional<std::string> initial() override;
  std::expected<std::string, std::string> respond(std::string_view challenge) override;
  std::expected<void, std::string> finish() override;

 private:
  enum class Step { begun, proved, verified };
  struct First;

  const std::string& salted_password(const First& first);

  std::expected<std::string, std::string> prove(std::string_view challenge);
  std::expected<std::string, std::string> verify(std::string_view challenge);

  net::Hash hash_;
  std::string username_;  // with "," and "=" escaped
  std::string password_;
  std::shared_ptr<SaltedPassword> salted_;
  std::string nonce_;
  std::string server_signature_;
  Step step_ = Step::begun;
};

}  // namespace vedette::mail
