// SPDX-License-Identifier: Apache-2.0
// A mail message as it was fetched, taken apart: header fields and body (RFC 5322). Pure, bounded.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace vedette::message {

// Names and values in the order of the message. Values are unfolded: one line, as it stands
// otherwise.
using Headers = std::vector<std::pair<std::string, std::string>>;

inline constexpr std::size_t max_fields = 500;
inline constexpr std::size_t max_value = std::size_t{16} * 1024;  // bytes kept of one

struct Message {
  Headers headers;        // the first max_fields
  std::string_view body;  // a view into what was parsed; lines end as they came
};

// Takes whatever bytes a server gives. Lines may end in CRLF or LF; a line that is no field is left
// out; without an empty line there is no body.
Message parse(std::string_view raw);

// The first field of that name, compared without case; null when there is none.
const std::string* find(const Headers& headers, std::string_view name);
// How many there are.
std::size_t count(const Headers& headers, std::string_view name);

// Runs of spaces and tabs become one space, none at the ends: what relays may change freely.
std::string collapse(std::string_view text);

}  // namespace vedette::message
