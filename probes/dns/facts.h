// SPDX-License-Identifier: Apache-2.0
// What a name server said, for people: named facts, and the dialogue line by line. Both bounded.
#pragma once

#include <vector>

#include "probes/dns/asked.h"
#include "probes/dns/subjects.h"
#include "probes/result.h"

namespace vedette::dns {

// Also of a failure; `view` is null then.
std::vector<Fact> facts_of(const Asked& asked, const View* view, Instant now);

Transcript dialogue(const Asked& asked, const std::string& name, const Query& query);

// "signature expired: the text of the server", one for each (RFC 8914); empty when there is none.
std::vector<std::string> extended_errors_of(const Message& answer);

}  // namespace vedette::dns
