// SPDX-License-Identifier: Apache-2.0
// Values that expectations of every probe are about, as expect::Observed takes them.
#pragma once

#include "probes/clock.h"
#include "probes/net/certificate.h"

namespace vedette::peer {

inline double microseconds(Microseconds time) {
  return static_cast<double>(time.count());
}

// When the certificate stops being accepted: that of the chain that was verified, because a server
// may show more certificates than anybody needs.
inline Instant certificate_end(const net::TlsFacts& tls) {
  return tls.last_chain_expiry.value_or(tls.chain->front().not_after);
}

}  // namespace vedette::peer
