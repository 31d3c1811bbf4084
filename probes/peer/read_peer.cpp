// SPDX-License-Identifier: Apache-2.0
#include "probes/peer/read_peer.h"

#include <charconv>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "probes/net/address.h"

namespace vedette::peer {
namespace {

using config::Node;
using config::Section;

std::optional<std::uint16_t> port_of(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && port != 0 ? std::optional(port) : std::nullopt;
}

bool is_host_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_';
}

bool is_host(std::string_view text) {
  if (net::address_literal(text)) return true;
  return !text.empty() && text.size() <= 253 && std::ranges::all_of(text, is_host_character);
}

// Where the host ends: behind the brackets of an address, or at the only colon.
std::size_t host_end(std::string_view text) {
  if (text.starts_with('[')) return std::min(text.find(']'), text.size() - 1) + 1;
  const std::size_t colon = text.find(':');
  const bool is_only_one = colon == text.rfind(':');
  return colon == std::string_view::npos || !is_only_one ? text.size() : colon;
}

}  // namespace

std::string Server::text() const {
  return net::bracketed(host) + ":" + std::to_string(port);
}

std::expected<Server, std::string> parse_server(std::string_view text,
                                                std::optional<std::uint16_t> default_port) {
  const std::size_t end = host_end(text);
  const std::string_view host = text.substr(0, end);
  const std::string_view rest = text.substr(end);
  if (!is_host(host) || rest.find('/') != std::string_view::npos) {
    return std::unexpected(fmt::format(
        "{} names no server; write a host name in ASCII or an IP address, and a port if needed: "
        "mail.example.com:587, [2001:db8::1]:587",
        config::quote(text)));
  }
  auto port = rest.empty() ? default_port : std::nullopt;
  if (rest.starts_with(':')) port = port_of(rest.substr(1));
  if (!port) {
    return std::unexpected(
        rest.empty()
            ? fmt::format("{} lacks a port: write host:port", config::quote(text))
            : fmt::format("the port of {} must be a number from 1 to 65535", config::quote(text)));
  }
  return Server{net::address_literal(host).value_or(std::string(host)), *port};
}

Server read_server(Section& section, std::optional<std::uint16_t> default_port) {
  const Node* node = section.require("server");
  const auto text = node == nullptr ? std::nullopt : config::read_text(*node, section.problems());
  if (!text) return {};
  auto server = parse_server(*text, default_port);
  if (server) return *std::move(server);
  section.problems().add(node->place, server.error());
  return {};
}

std::vector<net::IpFamily> read_families(Section& section) {
  switch (section.choice("ip", 0, {"any", "4", "6", "each"})) {
    case 1:
      return {net::IpFamily::v4};
    case 2:
      return {net::IpFamily::v6};
    case 3:
      return {net::IpFamily::v4, net::IpFamily::v6};
    default:
      return {net::IpFamily::any};
  }
}

net::TlsSettings read_tls(Section& section) {
  net::TlsSettings out;
  const Node* node = section.find("tls");
  if (node == nullptr) return out;
  Section tls(*node, "tls", section.problems());
  out.verify = tls.boolean("verify", true);
  out.verify_memo = tls.boolean("verify_memo", true);
  out.fast = tls.boolean("fast", true);
  out.server_name = tls.text("server_name", "");
  out.ca_file = read_file_path(tls, "ca_file");
  out.cert_file = read_file_path(tls, "cert_file");
  out.key_file = read_file_path(tls, "key_file");
  tls.finish();
  if (out.cert_file.empty() && !out.key_file.empty()) {
    section.problems().add(node->place, "\"key_file\" needs \"cert_file\"");
  }
  // A PEM file may hold both.
  if (out.key_file.empty()) out.key_file = out.cert_file;
  return out;
}

std::string read_file_path(Section& section, std::string_view key) {
  const Node* node = section.find(key);
  const auto text = node == nullptr ? std::nullopt : config::read_text(*node, section.problems());
  if (!text) return {};
  const auto path = std::filesystem::path(node->place.file.text()).parent_path() / *text;
  std::error_code error;
  if (!std::filesystem::is_regular_file(path, error) || !std::ifstream(path)) {
    section.problems().add(node->place,
                           fmt::format("the file {} cannot be read", config::quote(path.string())));
  }
  return path.string();
}

}  // namespace vedette::peer
