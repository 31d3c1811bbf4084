// SPDX-License-Identifier: Apache-2.0
// Facts that every probe of one server has: its address, its certificate.
#pragma once

#include <string_view>
#include <vector>

#include "probes/net/certificate.h"
#include "probes/result.h"

namespace vedette::peer {

// Foreign text as one printable line. An empty one is no fact.
void add_text(std::vector<Fact>& facts, std::string_view name, std::string_view text);

// Leaf and chain, version and cipher, and why they were not accepted if they were not; bounded.
void add_tls(std::vector<Fact>& facts, const net::TlsFacts& tls);

}  // namespace vedette::peer
