// SPDX-License-Identifier: Apache-2.0
// What came back and was not the answer, as a failure.
#pragma once

#include "probes/dns/wire/query.h"
#include "probes/net/failure.h"

namespace vedette::dns {

net::Failure failure_of(Rejected rejected);

}  // namespace vedette::dns
