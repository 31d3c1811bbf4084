// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/scram.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "probes/encoding.h"

namespace vedette::mail {
namespace {

constexpr std::string_view no_channel_binding = "n,,";

std::string saslname(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == ',')
      out += "=2C";
    else if (c == '=')
      out += "=3D";
    else
      out += c;
  }
  return out;
}

// "r=" up to the next comma. Empty when the next attribute is another one.
std::string_view take_attribute(std::string_view& text, char name) {
  if (text.size() < 2 || text[0] != name || text[1] != '=') return {};
  text.remove_prefix(2);
  const std::string_view value = text.substr(0, text.find(','));
  text.remove_prefix(std::min(value.size() + 1, text.size()));
  return value;
}

std::string xored(std::string_view a, std::string_view b) {
  std::string out(a);
  for (std::size_t i = 0; i < out.size() && i < b.size(); ++i) {
    out[i] = static_cast<char>(out[i] ^ b[i]);
  }
  return out;
}

std::unexpected<std::string> unreadable() {
  return std::unexpected(std::string("the server's challenge makes no sense"));
}

}  // namespace

// What the server tells first: r=NONCE,s=SALT,i=ROUNDS.
struct Scram::First {
  std::string_view nonce;
  std::string salt;
  int iterations = 0;

  static std::optional<First> parse(std::string_view challenge) {
    First out;
    out.nonce = take_attribute(challenge, 'r');
    const auto salt = base64_decode(take_attribute(challenge, 's'));
    const std::string_view rounds = take_attribute(challenge, 'i');
    const auto [end, error] =
        std::from_chars(rounds.data(), rounds.data() + rounds.size(), out.iterations);
    if (!salt || salt->empty() || error != std::errc() || end != rounds.data() + rounds.size()) {
      return std::nullopt;
    }
    out.salt = *salt;
    return out;
  }
};

Scram::Scram(net::Hash hash, const Credentials& credentials, std::string nonce)
    : hash_(hash),
      username_(saslname(credentials.username)),
      password_(credentials.password),
      salted_(credentials.salted),
      nonce_(std::move(nonce)) {}

std::optional<std::string> Scram::initial() {
  return fmt::format("{}n={},r={}", no_channel_binding, username_, nonce_);
}

std::expected<std::string, std::string> Scram::respond(std::string_view challenge) {
  switch (step_) {
    case Step::begun:
      return prove(challenge);
    case Step::proved:
      return verify(challenge);
    case Step::verified:
      break;
  }
  return unreadable();
}

std::expected<std::string, std::string> Scram::prove(std::string_view challenge) {
  const auto first = First::parse(challenge);
  if (!first) return unreadable();
  if (!first->nonce.starts_with(nonce_) || first->nonce.size() == nonce_.size()) {
    return std::unexpected("the server's challenge does not belong to this sign-in");
  }
  if (first->iterations < 1 || first->iterations > max_iterations) {
    return std::unexpected(
        fmt::format("the server asks for {} rounds of hashing", first->iterations));
  }
  const std::string& salted = salted_password(*first);
  const std::string client_key = net::hmac(hash_, salted, "Client Key");
  const std::string last = fmt::format("c={},r={}", base64(no_channel_binding), first->nonce);
  const std::string signed_text =
      fmt::format("n={},r={},{},{}", username_, nonce_, challenge, last);
  const std::string signature = net::hmac(hash_, net::digest(hash_, client_key), signed_text);
  server_signature_ = net::hmac(hash_, net::hmac(hash_, salted, "Server Key"), signed_text);
  step_ = Step::proved;
  return fmt::format("{},p={}", last, base64(xored(client_key, signature)));
}

const std::string& Scram::salted_password(const First& first) {
  const std::string recipe =
      fmt::format("{} {} {}", static_cast<int>(hash_), first.iterations, first.salt);
  if (salted_->recipe != recipe) {
    salted_->key = net::pbkdf2(hash_, password_, first.salt, first.iterations);
    salted_->recipe = recipe;
  }
  return salted_->key;
}

std::expected<std::string, std::string> Scram::verify(std::string_view challenge) {
  if (const auto error = take_attribute(challenge, 'e'); !error.empty()) {
    return std::unexpected(fmt::format("the server refused the proof: {}", error));
  }
  const auto signature = base64_decode(take_attribute(challenge, 'v'));
  if (!signature || server_signature_.empty() ||
      !net::equal_in_constant_time(*signature, server_signature_)) {
    return std::unexpected("the server could not prove that it knows the password");
  }
  step_ = Step::verified;
  return "";
}

std::expected<void, std::string> Scram::finish() {
  if (step_ == Step::verified) return {};
  return std::unexpected("the server did not prove that it knows the password");
}

}  // namespace vedette::mail
