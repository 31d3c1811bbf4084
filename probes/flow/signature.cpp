// SPDX-License-Identifier: Apache-2.0
#include "probes/flow/signature.h"

#include <charconv>

#include <fmt/format.h>

#include "probes/ascii.h"
#include "probes/encoding.h"
#include "probes/net/digest.h"

namespace vedette::flow {
namespace {

std::string_view find(const Answer& call, std::string_view name) {
  for (const auto& [key, value] : call.headers) {
    if (same_without_case(key, name)) return value;
  }
  return {};
}

// Calls `use` with each piece between separators until it returns true.
template <class Use>
bool any_piece(std::string_view text, char separator, Use use) {
  while (!text.empty()) {
    const auto end = std::min(text.find(separator), text.size());
    if (use(text.substr(0, end))) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

std::string out_of_time(std::string_view seconds, Instant now) {
  std::int64_t signed_at = 0;
  const char* end = seconds.data() + seconds.size();
  const auto [stop, error] = std::from_chars(seconds.data(), end, signed_at);
  if (error != std::errc() || stop != end) return "has no time";
  const auto distance = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()) -
                        std::chrono::seconds(signed_at);
  if (std::chrono::abs(distance) <= signature_tolerance) return {};
  return fmt::format("is {} s away from our time", std::chrono::abs(distance).count());
}

bool same(std::string_view given, const std::string& ours) {
  return net::equal_in_constant_time(given, ours);
}

std::string mistrust_stripe(const std::string& key, const Answer& call, Instant now) {
  const auto header = find(call, "Stripe-Signature");
  if (header.empty()) return "is missing: there is no header Stripe-Signature";
  std::string_view time;
  any_piece(header, ',', [&](std::string_view piece) {
    if (piece.starts_with("t=")) time = piece.substr(2);
    return false;
  });
  if (auto late = out_of_time(time, now); !late.empty()) return late;
  const auto ours = hex(net::hmac(net::Hash::sha256, key, fmt::format("{}.{}", time, call.body)));
  const bool fits = any_piece(header, ',', [&](std::string_view piece) {
    return piece.starts_with("v1=") && same(piece.substr(3), ours);
  });
  return fits ? "" : "does not fit";
}

// The secret is shown as whsec_ and Base64; the key is what that stands for.
std::string mistrust_standard(const std::string& secret, const Answer& call, Instant now) {
  const auto id = find(call, "webhook-id");
  const auto time = find(call, "webhook-timestamp");
  const auto header = find(call, "webhook-signature");
  if (id.empty() || time.empty() || header.empty())
    return "is missing: there is no webhook-id, webhook-timestamp or webhook-signature";
  if (auto late = out_of_time(time, now); !late.empty()) return late;
  const std::string_view encoded = secret;
  const auto key = base64_decode(encoded.starts_with("whsec_") ? encoded.substr(6) : encoded);
  const auto ours = base64(net::hmac(net::Hash::sha256, key.value_or(secret),
                                     fmt::format("{}.{}.{}", id, time, call.body)));
  const bool fits = any_piece(header, ' ', [&](std::string_view piece) {
    return piece.starts_with("v1,") && same(piece.substr(3), ours);
  });
  return fits ? "" : "does not fit";
}

std::string mistrust_github(const std::string& key, const Answer& call) {
  const auto header = find(call, "X-Hub-Signature-256");
  if (header.empty()) return "is missing: there is no header X-Hub-Signature-256";
  const auto ours = "sha256=" + hex(net::hmac(net::Hash::sha256, key, call.body));
  return same(header, ours) ? "" : "does not fit";
}

}  // namespace

std::optional<Signature> read_signature(config::Section& section) {
  const auto* node = section.find("signature");
  if (node == nullptr) return std::nullopt;
  config::Section inner(*node, "signature", section.problems());
  Signature out;
  if (inner.require("scheme") != nullptr) {
    out.scheme =
        static_cast<Scheme>(inner.choice("scheme", 0, {"stripe", "standard_webhooks", "github"}));
  }
  if (inner.require("secret") != nullptr) {
    if (auto secret = inner.secret("secret")) out.secret = *std::move(secret);
  }
  inner.finish();
  return out;
}

std::string mistrust(const Signature& signature, const Answer& call, Instant now) {
  const std::string& key = signature.secret.reveal();
  switch (signature.scheme) {
    case Scheme::stripe:
      return mistrust_stripe(key, call, now);
    case Scheme::standard_webhooks:
      return mistrust_standard(key, call, now);
    case Scheme::github:
      return mistrust_github(key, call);
  }
  return "is of an unknown kind";
}

}  // namespace vedette::flow
