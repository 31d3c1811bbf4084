// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/sasl.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/mail/scram.h"
#include "probes/net/digest.h"

namespace vedette::mail {
namespace {

constexpr std::array<std::string_view, 7> names{
    "", "PLAIN", "LOGIN", "CRAM-MD5", "XOAUTH2", "SCRAM-SHA-1", "SCRAM-SHA-256"};

// The password stays at home with the first two; CRAM-MD5 hides it less well than TLS does, and
// asks the server to keep it in the clear.
constexpr std::array preferred{Mechanism::scram_sha_256, Mechanism::scram_sha_1, Mechanism::plain,
                               Mechanism::login, Mechanism::cram_md5};

std::unexpected<std::string> one_too_many() {
  return std::unexpected(std::string("the server asks for more than the sign-in has to tell"));
}

class Plain : public SaslClient {
 public:
  explicit Plain(const Credentials& credentials) {
    text_ += '\0';
    text_ += credentials.username;
    text_ += '\0';
    text_ += credentials.password;
  }
  std::optional<std::string> initial() override { return text_; }
  std::expected<std::string, std::string> respond(std::string_view) override {
    return one_too_many();
  }

 private:
  std::string text_;
};

class Login : public SaslClient {
 public:
  explicit Login(const Credentials& credentials)
      : answers_{credentials.username, credentials.password} {}
  std::optional<std::string> initial() override { return std::nullopt; }
  // What the server asks for is not looked at: the prompts were never agreed on.
  std::expected<std::string, std::string> respond(std::string_view) override {
    if (next_ == answers_.size()) return one_too_many();
    return answers_[next_++];
  }
  std::expected<void, std::string> finish() override {
    if (next_ == answers_.size()) return {};
    return std::unexpected("the server did not wait for the password");
  }

 private:
  std::array<std::string, 2> answers_;
  std::size_t next_ = 0;
};

class CramMd5 : public SaslClient {
 public:
  explicit CramMd5(const Credentials& credentials) : credentials_(credentials) {}
  std::optional<std::string> initial() override { return std::nullopt; }
  std::expected<std::string, std::string> respond(std::string_view challenge) override {
    if (std::exchange(answered_, true)) return one_too_many();
    const std::string proof = net::hmac(net::Hash::md5, credentials_.password, challenge);
    if (proof.empty()) return std::unexpected("MD5 cannot be used on this machine");
    return credentials_.username + " " + hex(proof);
  }

 private:
  Credentials credentials_;
  bool answered_ = false;
};

class Xoauth2 : public SaslClient {
 public:
  explicit Xoauth2(const Credentials& credentials)
      : text_(fmt::format("user={}\x01"
                          "auth=Bearer {}\x01\x01",
                          credentials.username, credentials.password)) {}
  std::optional<std::string> initial() override { return text_; }
  // A challenge is the reason for a refusal; an empty answer lets the server say no.
  std::expected<std::string, std::string> respond(std::string_view) override {
    if (std::exchange(refused_, true)) return one_too_many();
    return "";
  }

 private:
  std::string text_;
  bool refused_ = false;
};

}  // namespace

std::string_view name_of(Mechanism mechanism) {
  return names[static_cast<std::size_t>(mechanism)];
}

std::expected<Mechanism, std::string> choose(Mechanism wanted, const Capabilities& offered) {
  const auto is_offered = [&](Mechanism mechanism) {
    return offered.has(fmt::format("AUTH={}", name_of(mechanism)));
  };
  if (wanted != Mechanism::automatic) {
    if (is_offered(wanted)) return wanted;
    return std::unexpected(fmt::format("the server does not offer {}", name_of(wanted)));
  }
  const auto found = std::ranges::find_if(preferred, is_offered);
  if (found != preferred.end()) return *found;
  return std::unexpected("the server offers no sign-in that we know");
}

std::unique_ptr<SaslClient> make_sasl(Mechanism mechanism, const Credentials& credentials,
                                      std::string nonce) {
  switch (mechanism) {
    case Mechanism::login:
      return std::make_unique<Login>(credentials);
    case Mechanism::cram_md5:
      return std::make_unique<CramMd5>(credentials);
    case Mechanism::xoauth2:
      return std::make_unique<Xoauth2>(credentials);
    case Mechanism::scram_sha_1:
      return std::make_unique<Scram>(net::Hash::sha1, credentials, std::move(nonce));
    case Mechanism::scram_sha_256:
      return std::make_unique<Scram>(net::Hash::sha256, credentials, std::move(nonce));
    case Mechanism::automatic:
    case Mechanism::plain:
      break;
  }
  return std::make_unique<Plain>(credentials);
}

std::expected<std::string, std::string> answer_to(SaslClient& client, std::string_view challenge,
                                                  std::optional<std::string>& initial) {
  if (initial) return *std::exchange(initial, std::nullopt);
  const auto bytes = base64_decode(challenge);
  if (!bytes) return std::unexpected("the server's challenge is no Base64");
  return client.respond(*bytes);
}

std::string make_nonce() {
  return base64(net::random_bytes(18));
}

}  // namespace vedette::mail
