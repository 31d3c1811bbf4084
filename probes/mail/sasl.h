// SPDX-License-Identifier: Apache-2.0
// Sign-in by SASL (RFC 4422) as pure steps: a challenge in, a response out, both as raw bytes (the
// protocols carry them in Base64).
#pragma once

#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "probes/mail/capabilities.h"

namespace vedette::mail {

enum class Mechanism : std::uint8_t {
  automatic,  // the best that the server offers
  plain,      // RFC 4616
  login,
  cram_md5,  // RFC 2195
  xoauth2,   // the password is an access token; never chosen automatically
  scram_sha_1,
  scram_sha_256,  // RFC 5802, RFC 7677
};
// "SCRAM-SHA-256"; empty for `automatic`.
std::string_view name_of(Mechanism mechanism);

// What a password became under the salt of one server: SCRAM's rounds cost milliseconds, and RFC
// 5802 (section 5.1) lets clients remember it. Used on one loop thread.
struct SaltedPassword {
  std::string recipe;  // hash, rounds and salt; empty: nothing is known yet
  std::string key;
};

struct Credentials {
  std::string username;
  std::string password;  // or the token of XOAUTH2
  Mechanism mechanism = Mechanism::automatic;
  // Shared by all copies, and so by all runs of a check.
  std::shared_ptr<SaltedPassword> salted = std::make_shared<SaltedPassword>();
};

// One sign-in. A sentence as an error means that it must be broken off.
class SaslClient {
 public:
  virtual ~SaslClient() = default;
  // What may be sent with the command at once; nothing: the server speaks first.
  virtual std::optional<std::string> initial() = 0;
  virtual std::expected<std::string, std::string> respond(std::string_view challenge) = 0;
  // Asked after the server has said yes: an error when it did not prove itself where the mechanism
  // wants that (SCRAM), or said yes too early.
  virtual std::expected<void, std::string> finish() { return {}; }
};

// The mechanism to use. The error is a sentence: none of ours is offered, or not the wanted one.
std::expected<Mechanism, std::string> choose(Mechanism wanted, const Capabilities& offered);
// `mechanism` is not `automatic`. `nonce` is for SCRAM: unguessable printable ASCII without commas.
std::unique_ptr<SaslClient> make_sasl(Mechanism mechanism, const Credentials& credentials,
                                      std::string nonce);
// The answer to a challenge in Base64. `initial` is what the mechanism has to tell at first and
// could not send with the command: it answers the first challenge, which is empty.
std::expected<std::string, std::string> answer_to(SaslClient& client, std::string_view challenge,
                                                  std::optional<std::string>& initial);
// 24 characters that nobody can guess.
std::string make_nonce();

}  // namespace vedette::mail
