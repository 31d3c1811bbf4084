// SPDX-License-Identifier: Apache-2.0
// How each protocol goes over from plain text to TLS: bytes of the server in, bytes for it out.
// Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace vedette::tcp {

// RFC 3207, RFC 9051, RFC 2595, RFC 4217, RFC 4511 section 4.14, RFC 6120 section 5, and the
// message SSLRequest of PostgreSQL.
enum class StartTlsProtocol : std::uint8_t { smtp, imap, pop3, ftp, ldap, postgres, xmpp };

std::optional<StartTlsProtocol> parse_starttls(std::string_view name);
std::span<const std::string_view> starttls_names();

// One negotiation. After `ready` or `refused` it is over.
class StartTls {
 public:
  enum class State : std::uint8_t { talking, ready, refused };
  struct Turn {
    State state = State::talking;
    std::string send{};     // now
    std::string trouble{};  // of refused: one sentence
  };

  static constexpr std::size_t max_bytes = 64 << 10;  // of what a server may say before it agrees

  // `host`: the name that the client asks for (xmpp tells it the server).
  StartTls(StartTlsProtocol protocol, std::string host);

  // What the client says before it has heard anything.
  std::string opening() const;
  // The next bytes of the server, however they are cut. `ready` with bytes left over is refused:
  // they could be taken for part of what the server says under TLS.
  Turn feed(std::string_view bytes);

 private:
  Turn by_lines();
  Turn by_line(std::string_view line);
  Turn postgres();
  Turn ldap();
  Turn xmpp();
  Turn ready(std::size_t consumed);

  StartTlsProtocol protocol_;
  std::string host_;
  std::string heard_;      // not yet used
  std::size_t total_ = 0;  // ever heard
  int step_ = 0;           // of the protocols by lines: which answer is waited for
};

}  // namespace vedette::tcp
