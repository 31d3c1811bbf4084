// SPDX-License-Identifier: Apache-2.0
// How the gateway signs its webhooks.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace vedette::demo {

// The value of Stripe-Signature: t=SECONDS,v1=HEX, where HEX is HMAC-SHA256 of "SECONDS.BODY" under
// the secret as it is written, "whsec_" included.
std::string stripe_signature(std::string_view secret, std::int64_t seconds, std::string_view body);

}  // namespace vedette::demo
