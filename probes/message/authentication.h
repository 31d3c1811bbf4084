// SPDX-License-Identifier: Apache-2.0
// What the receiving server found about the sender: SPF, DKIM, DMARC (Authentication-Results, RFC
// 8601).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "probes/message/message.h"

namespace vedette::message {

// {"spf", "pass"}: method and result in lower case, in the order of the field.
using Verdicts = Headers;

struct AuthenticationResults {
  std::string authserv_id;  // in lower case
  Verdicts verdicts;        // empty: "none", nothing was checked
};

// Nothing when it names no server. Resinfo that makes no sense is left out.
std::optional<AuthenticationResults> parse_authentication_results(std::string_view value);

// One verdict for each method, from the fields that one of the `trusted` servers wrote: anybody can
// put such a field into a message, so the others count for nothing. The newest field that knows of
// a method tells; a method that was checked several times (DKIM: once for each signature) has
// passed when one of them passed.
Verdicts verdicts_of(const Headers& headers, const std::vector<std::string>& trusted);

}  // namespace vedette::message
