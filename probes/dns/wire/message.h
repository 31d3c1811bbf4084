// SPDX-License-Identifier: Apache-2.0
// A DNS message (RFC 1035, section 4; EDNS: RFC 6891) out of foreign bytes. Pure and bounded.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace vedette::dns {

inline constexpr std::size_t header_size = 12;
inline constexpr std::size_t max_message = 65535;

struct Header {
  std::uint16_t id = 0;
  bool response = false;
  std::uint8_t opcode = 0;
  bool authoritative = false;        // AA
  bool truncated = false;            // TC
  bool recursion_desired = false;    // RD
  bool recursion_available = false;  // RA
  bool authenticated = false;        // AD
  bool checking_disabled = false;    // CD
  std::uint16_t rcode = 0;           // with the upper bits of EDNS, once those are known
};

struct Question {
  std::string name;  // in lower case, with its final dot
  std::uint16_t type = 0;
  std::uint16_t klass = 0;

  bool operator==(const Question&) const = default;
};

struct Record {
  std::string name;
  std::uint16_t type = 0;
  std::uint16_t klass = 0;
  std::uint32_t ttl = 0;            // seconds; one with the top bit set counts as 0 (RFC 2181)
  std::string data;                 // in presentation form
  std::uint32_t serial = 0;         // of SOA
  std::uint16_t covered = 0;        // of RRSIG: the type that is signed
  std::uint32_t signature_end = 0;  // of RRSIG: seconds since 1970, modulo 2^32

  // "example.com. MX 10 mail.example.com."
  std::string text() const;
};

struct ExtendedError {  // RFC 8914
  std::uint16_t code = 0;
  std::string text;  // printable; may be empty
};

struct Edns {
  std::uint16_t udp_size = 0;
  std::uint8_t version = 0;
  bool dnssec_ok = false;
  std::vector<ExtendedError> errors;
};

struct Message {
  Header header;
  std::optional<Question> question;
  std::vector<Record> answer, authority, additional;  // OPT is not among them
  std::optional<Edns> edns;
  std::size_t bytes = 0;
};

// The error is one sentence without a final dot: what does not fit, and where. Bytes behind the
// last record are let pass, as servers and resolvers do. A truncated message (TC) may end anywhere
// behind its question. All texts of a message together have at most max_text bytes; one that has
// more is an error.
std::expected<Message, std::string> parse_message(std::string_view bytes);

inline constexpr std::size_t max_text = 1 << 20;

}  // namespace vedette::dns
