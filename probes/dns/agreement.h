// SPDX-License-Identifier: Apache-2.0
// Whether several name servers say the same. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "probes/dns/asked.h"
#include "probes/dns/wire/query.h"

namespace vedette::dns {

// What one server said.
struct Claim {
  std::string server;
  std::vector<std::string> data;  // in lower case, sorted; of SOA without the serial
  std::optional<std::uint32_t> serial;
};

Claim claim_of(const Asked& asked, const Query& query);

// How far the last serial is behind the first (RFC 1982); nothing with less than two.
std::optional<std::uint32_t> lag_of(std::span<const Claim> claims);

// One sentence that names the servers that are out of step with most of the others, or the serials
// that are more than `allowed_lag` behind; nothing when all agree. Serials are not looked at when
// nothing is allowed.
std::optional<std::string> disagreement(std::span<const Claim> claims,
                                        std::optional<std::uint32_t> allowed_lag);

}  // namespace vedette::dns
