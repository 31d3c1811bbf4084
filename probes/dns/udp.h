// SPDX-License-Identifier: Apache-2.0
// One question over UDP, from a socket of its own with a random port and id.
#pragma once

#include <boost/asio/ip/udp.hpp>

#include "probes/deadline.h"
#include "probes/dns/asked.h"
#include "probes/dns/wire/query.h"
#include "probes/net/toolbox.h"

namespace vedette::dns {

// Waits for the answer until the deadline; `out` hears it, or why there is none. Datagrams that do
// not belong to the question (another id, question or sender) may be forged: they are passed over,
// and if nothing right comes, the failure names the last of them. A line for each of the first few
// is added to its remarks. When the task is cancelled, operation_aborted is thrown.
Awaitable<void> ask_over_udp(net::Toolbox& net, const Query& query,
                             boost::asio::ip::udp::endpoint server, Deadline deadline, Asked& out);

}  // namespace vedette::dns
