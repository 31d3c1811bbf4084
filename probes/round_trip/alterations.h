// SPDX-License-Identifier: Apache-2.0
// Whether the message arrived as it was sent.
#pragma once

#include <string>
#include <vector>

#include "probes/message/message.h"
#include "probes/round_trip/compose.h"
#include "probes/transcript.h"

namespace vedette::round_trip {

// One sentence for each thing that is not as it was sent: a header that is missing or another, a
// body that is no plain text any more, a line that was changed, text that was added or cut off.
// Folding, white space in headers, line ends, blanks at line ends, empty lines at the end of the
// body and its transfer encoding may change. Headers that servers add are none of these.
std::vector<std::string> alterations(const Composed& sent, const message::Message& arrived,
                                     const Mask& mask);

}  // namespace vedette::round_trip
