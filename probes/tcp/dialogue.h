// SPDX-License-Identifier: Apache-2.0
// What a check says and waits for on a connection, step by step; what was captured is said again as
// ${name}. Pure.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/node.h"
#include "probes/pattern.h"
#include "probes/transcript.h"

namespace vedette::tcp {

using Captures = std::map<std::string, std::string, std::less<>>;

struct Send {
  // Literal parts and names of captures, alternating, beginning with a literal.
  std::vector<std::string> parts;

  std::string text(const Captures& captures) const;
};

struct Await {
  std::variant<std::string, Pattern> wanted;  // a text, or what matches a pattern
  std::string words;                          // `contains "PONG"`

  // Where what is wanted ends in what was received, if it is there; captures what it has groups
  // for.
  std::optional<std::size_t> find(std::string_view received, Captures& captures) const;
};

struct GoSecure {};  // TLS begins here

using Step = std::variant<Send, Await, GoSecure>;

// The list below `dialogue`: {send: "text"}, {send_bytes: "00 ff"}, {expect: "text"},
// {expect: {matches: "regex"}}, {expect_bytes: "00 ff"}, {start_tls: true}. Secrets that are sent
// go into the mask. An unknown ${name} is a problem.
std::vector<Step> read_dialogue(const config::Node& node, Mask& mask, config::Problems& problems);

// "00 ff0a" as bytes; nothing when it is no even number of hex digits, apart from spaces.
std::optional<std::string> parse_hex(std::string_view text);

}  // namespace vedette::tcp
