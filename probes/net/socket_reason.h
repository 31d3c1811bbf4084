// SPDX-License-Identifier: Apache-2.0
// What the kernel says of a connection, in our words. Pure.
#pragma once

#include <string_view>

#include "probes/net/failure.h"

namespace vedette::net {

// Why connecting to `peer` ("192.0.2.1 port 443") failed. 0: nobody knows.
Failure connect_failure(int os_error, std::string_view peer);

// Why an established connection ended in this phase.
Failure broken_connection(int os_error, std::string_view phase);

// Another address of the same name may be tried.
bool worth_another_address(Reason reason);

}  // namespace vedette::net
