// SPDX-License-Identifier: Apache-2.0
// Configuration keys that every probe of one server has: server, ip, tls, and files.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/node.h"
#include "probes/net/http_client.h"
#include "probes/net/tls_settings.h"

namespace vedette::peer {

struct Server {
  std::string host;  // a name or an address, IPv6 without brackets
  std::uint16_t port = 0;

  // As people write it: "mail.example.com:25", "[::1]:25".
  std::string text() const;
  bool operator==(const Server&) const = default;
};

// "mail.example.com", "mail.example.com:587", "192.0.2.1", "[2001:db8::1]:587". The error is one
// sentence. Without `default_port` a port must be given.
std::expected<Server, std::string> parse_server(std::string_view text,
                                                std::optional<std::uint16_t> default_port);

// The required key `server`. After a problem the host is empty.
Server read_server(config::Section& section, std::optional<std::uint16_t> default_port);

// The key `ip`: one family, or IPv4 and IPv6 for `each`.
std::vector<net::IpFamily> read_families(config::Section& section);

// The key `tls`.
net::TlsSettings read_tls(config::Section& section);

// Relative to the folder of the configuration file, and readable now: a check whose files are
// missing would fail for ever. Empty when the key is absent.
std::string read_file_path(config::Section& section, std::string_view key);

}  // namespace vedette::peer
