// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/payments/signature.h"

#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/net/digest.h"

namespace vedette::demo {

std::string stripe_signature(std::string_view secret, std::int64_t seconds, std::string_view body) {
  const auto mac = net::hmac(net::Hash::sha256, secret, fmt::format("{}.{}", seconds, body));
  return fmt::format("t={},v1={}", seconds, hex(mac));
}

}  // namespace vedette::demo
