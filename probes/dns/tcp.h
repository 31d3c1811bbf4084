// SPDX-License-Identifier: Apache-2.0
// One question over a TCP connection, or over TLS on one (RFC 7766, RFC 7858).
#pragma once

#include "probes/deadline.h"
#include "probes/dns/wire/query.h"
#include "probes/net/stream.h"

namespace vedette::dns {

// The stream is connected, and its phase entered. There nobody but the server can answer: an answer
// to something else is a failure at once.
Awaitable<net::Expected<Message>> ask_over(net::Stream& stream, const Query& query,
                                           std::uint16_t id, Deadline deadline);

}  // namespace vedette::dns
