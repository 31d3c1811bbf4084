// SPDX-License-Identifier: Apache-2.0
// The TCP and the TLS probe as the registry knows them.
#pragma once

#include "probes/probe_type.h"

namespace vedette::tcp {

ProbeType tcp_type();
ProbeType tls_type();

}  // namespace vedette::tcp
