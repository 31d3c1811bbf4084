// SPDX-License-Identifier: Apache-2.0
// A mail address as people write it: "probe@example.com", "Shop <probe@example.com>".
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace vedette::message {

struct Address {
  std::string name;  // UTF-8, may be empty
  std::string mail;  // local part and domain, for the envelope

  // For the header: `"Shop" <probe@example.com>`, the name as encoded words when it is no ASCII.
  std::string header() const;
  std::string_view domain() const;
  bool operator==(const Address&) const = default;
};

// ASCII only, at most 254 bytes, a local part of dot-atoms (RFC 5322, 3.2.3) and a domain of
// letters, digits, dots and hyphens, or an address literal: nothing that could end a line or an
// argument.
bool is_mail_address(std::string_view text);
// Nothing when it is no single address, or its name is longer than 200 bytes.
std::optional<Address> parse_address(std::string_view text);

}  // namespace vedette::message
