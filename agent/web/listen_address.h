// SPDX-License-Identifier: Apache-2.0
// "127.0.0.1:9876", "[::1]:9876", ":9876" taken apart.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace vedette::web {

struct ListenAddress {
  std::string host;  // without brackets; empty: every address
  std::uint16_t port = 0;
};

// Does not look whether the host is an address of this machine. Nothing when the text has another
// shape.
std::optional<ListenAddress> parse_listen_address(std::string_view text);

}  // namespace vedette::web
