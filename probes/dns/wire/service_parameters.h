// SPDX-License-Identifier: Apache-2.0
// The parameters of HTTPS and SVCB records (RFC 9460, section 2).
#pragma once

#include <optional>
#include <string>

#include "probes/dns/wire/reader.h"

namespace vedette::dns {

// `alpn="h2,h3" port=8443 ipv4hint=192.0.2.1 key667="x"`: all that is left in `data`. Nothing when
// keys are out of order or a value does not fit its key.
std::optional<std::string> service_parameters_text(Reader& data);

}  // namespace vedette::dns
