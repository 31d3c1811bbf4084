// SPDX-License-Identifier: Apache-2.0
// Whether a call comes from the one who shares a secret with us. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "config/node.h"
#include "config/secret.h"
#include "probes/answer.h"
#include "probes/clock.h"

namespace vedette::flow {

// How providers sign: Stripe ("Stripe-Signature: t=...,v1=..."), the Standard Webhooks
// specification ("webhook-id", "webhook-timestamp", "webhook-signature"), GitHub
// ("X-Hub-Signature-256").
enum class Scheme : std::uint8_t { stripe, standard_webhooks, github };

struct Signature {
  Scheme scheme = Scheme::stripe;
  Secret secret;
};

// `signature: {scheme: stripe | standard_webhooks | github, secret: ...}`.
std::optional<Signature> read_signature(config::Section& section);

// Signed times may be so far from ours, either way.
inline constexpr Duration signature_tolerance{300'000};

// Why the call is not to be trusted, as the rest of a sentence that began with "the signature";
// empty: it is.
std::string mistrust(const Signature& signature, const Answer& call, Instant now);

}  // namespace vedette::flow
