// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/access.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <unistd.h>

#include "probes/encoding.h"
#include "probes/peer/read_peer.h"

namespace vedette::mail {
namespace {

using config::Node;
using config::Section;

constexpr std::uint16_t smtp_port = 25;
constexpr std::uint16_t submission_port = 587;
constexpr std::array<std::uint16_t, 3> implicit_ports{465, 993, 995};

bool is_in_clear(const Server& server) {
  return server.encryption == Encryption::none && !server.allow_plaintext;
}

std::uint16_t default_port(Protocol protocol, bool signs_in) {
  if (protocol == Protocol::imap) return 993;
  if (protocol == Protocol::pop3) return 995;
  return signs_in ? submission_port : smtp_port;
}

Encryption default_encryption(Protocol protocol, std::uint16_t port, bool signs_in) {
  if (std::ranges::find(implicit_ports, port) != implicit_ports.end()) return Encryption::implicit;
  const bool between_servers = protocol == Protocol::smtp && !signs_in && port != submission_port;
  return between_servers ? Encryption::opportunistic : Encryption::required;
}

// A name or an address literal, as EHLO wants it (RFC 5321, section 4.1.4).
std::string own_name() {
  std::array<char, 256> name{};
  if (::gethostname(name.data(), name.size() - 1) != 0 || name[0] == '\0') return "[127.0.0.1]";
  return name.data();
}

std::string read_client_name(Section& section) {
  const std::string name = section.text("client_name", own_name());
  const bool fits = !name.empty() && name.size() <= 255 &&
                    std::ranges::all_of(name, [](char c) { return c > 0x20 && c < 0x7f; });
  if (!fits) {
    section.problems().add(section.place(), "\"client_name\" must be a host name in ASCII");
  }
  return name;
}

bool ends_a_line(std::string_view text) {
  return text.find_first_of(std::string_view("\0\r\n", 3)) != std::string_view::npos;
}

// A text that must be there and can be sent in a line.
std::string read_word(Section& section, std::string_view key) {
  const Node* node = section.require(key);
  const auto secret =
      node == nullptr ? std::nullopt : config::read_secret(*node, section.problems());
  if (!secret) return {};
  if (secret->empty() || ends_a_line(secret->reveal())) {
    section.problems().add(node->place,
                           fmt::format("\"{}\" must be a text of one line, not empty", key));
  }
  return secret->reveal();
}

Credentials read_credentials(const Node& node, Access& out, Mask& mask,
                             config::Problems& problems) {
  Section auth(node, "auth", problems);
  Credentials credentials;
  credentials.username = read_word(auth, "username");
  credentials.password = read_word(auth, "password");
  credentials.mechanism = static_cast<Mechanism>(auth.choice(
      "mechanism", 0,
      {"auto", "plain", "login", "cram-md5", "xoauth2", "scram-sha-1", "scram-sha-256"}));
  const bool allow = auth.boolean("allow_plaintext", false);
  auth.finish();
  for (Server& server : out.servers) server.allow_plaintext = allow;
  if (std::ranges::any_of(out.servers, is_in_clear)) {
    problems.add(node.place,
                 "without encryption the password would go over the network in the clear; if that "
                 "is meant, say \"allow_plaintext: true\"");
  }
  // Servers echo what they do not understand: also the words in which it is sent.
  mask.add_with_encodings(credentials.password);
  for (const Mechanism each : {Mechanism::plain, Mechanism::xoauth2}) {
    mask.add(base64(make_sasl(each, credentials, "")->initial().value_or("")));
  }
  return credentials;
}

}  // namespace

Access read_access(Section& section, Protocol protocol, Mask& mask) {
  Access out;
  const Node* auth = section.find("auth");
  const bool signs_in = auth != nullptr;
  const peer::Server named = peer::read_server(section, default_port(protocol, signs_in));
  Server server;
  server.endpoint.host = named.host;
  server.endpoint.port = named.port;
  server.encryption = static_cast<Encryption>(section.choice(
      "encryption", static_cast<std::size_t>(default_encryption(protocol, named.port, signs_in)),
      {"implicit", "required", "opportunistic", "none"}));
  server.tls = peer::read_tls(section);
  if (protocol == Protocol::smtp) server.client_name = read_client_name(section);
  for (const net::IpFamily family : peer::read_families(section)) {
    server.endpoint.family = family;
    out.servers.push_back(server);
  }
  if (signs_in) out.credentials = read_credentials(*auth, out, mask, section.problems());
  return out;
}

}  // namespace vedette::mail
