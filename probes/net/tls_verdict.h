// SPDX-License-Identifier: Apache-2.0
// What is wrong with a certificate, in one reason and plain words. Pure: no session, no clock.
//
// When several things are wrong, the reason is the first of: expired, not yet valid, self-signed,
// unknown issuer, anything else that the chain fails for, wrong host. Dates come first because they
// are what breaks by itself, on a known day; the message names the others too.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "probes/clock.h"
#include "probes/net/certificate.h"
#include "probes/net/failure.h"

namespace vedette::net {

// What X509_verify_cert stopped at.
struct ChainError {
  int code = 0;              // X509_V_ERR_...
  int depth = 0;             // 0: the server's own certificate
  std::string subject = {};  // of the certificate in question, RFC 2253; may be empty
  std::optional<Instant> not_before = {}, not_after = {};  // of that certificate
};

struct Judged {
  const std::vector<Certificate>& presented;  // never empty
  std::optional<ChainError> chain_error;
  bool names_host = true;
  std::string_view host;  // the name that was checked
};

// Empty when nothing is wrong.
std::optional<Failure> judge(const Judged& judged, Instant now);

// "3 days", "1 hour", "20 seconds": the largest unit that fits, rounded down.
std::string span_in_words(Duration span);

}  // namespace vedette::net
