// SPDX-License-Identifier: Apache-2.0
// The canary: one message of ours that nobody has a reason to read or to remove, and the marks by
// which our messages are known. Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "probes/mailbox/seen.h"
#include "probes/message/message.h"
#include "probes/round_trip/token.h"

namespace vedette::mailbox {

// Every message that Vedette puts anywhere has the header round_trip::owner_header; this one has
// its token in a header of its own, so that nobody takes it for the message of a round trip.
inline constexpr std::string_view canary_header = "X-Vedette-Canary";

// The message with its headers; lines end in CRLF, all of it is ASCII.
std::string compose_canary(const round_trip::Token& token);

// The canary behind these headers, if they are those of one: each of our two headers once, the same
// owner in both. `owner` is the one whose canary is ours. Flags and UID are left to the caller.
std::optional<CanarySeen> read_canary(const message::Headers& headers, std::string_view owner);

}  // namespace vedette::mailbox
