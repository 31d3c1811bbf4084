// SPDX-License-Identifier: Apache-2.0
// The way a message took: what each server wrote into its Received field (RFC 5321, section 4.4).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "probes/message/message.h"

namespace vedette::message {

struct Hop {
  std::string from;       // as the sender called itself; empty: the message began here
  std::string by;         // who received it
  std::string protocol;   // "ESMTPS", "LMTP", "Microsoft SMTP Server" ...
  bool smtp = false;      // SMTP in one of its forms; not LMTP, not a local hand-over
  bool loopback = false;  // within one machine, such as through a content filter
  bool tls = false;       // by the protocol's name (RFC 3848) or by a remark about TLS
};

Hop parse_received(std::string_view value);
// Of all Received fields, in the order of the message: the last server first.
std::vector<Hop> way_of(const Headers& headers);

// Whether the message was encrypted on its way: at least one SMTP hop had TLS, and none between
// machines was without.
bool received_over_tls(const std::vector<Hop>& way);

// "by mx.example.com with ESMTPS (TLS)".
std::string describe(const Hop& hop);

}  // namespace vedette::message
