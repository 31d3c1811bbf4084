// SPDX-License-Identifier: Apache-2.0
// One response of an IMAP server, taken apart (RFC 9051, section 7). Pure.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace vedette::mail {

enum class ImapStatus : std::uint8_t { none, ok, no, bad, preauth, bye };

struct ImapResponse {
  enum class Kind : std::uint8_t { untagged, tagged, go_on };

  Kind kind = Kind::untagged;
  std::string tag;                       // of a tagged one
  ImapStatus status = ImapStatus::none;  // of a tagged one never none
  std::optional<std::uint32_t> number;   // "* 12 EXISTS"
  std::string name;                      // "EXISTS", "FETCH", "CAPABILITY"; upper case
  // Of one with a status: "UIDNEXT" and "17" for [UIDNEXT 17].
  std::string code;  // upper case
  std::string code_values;
  // What follows: the text for people, the challenge, or the data, with literals in their place.
  std::string rest;

  bool ok() const { return status == ImapStatus::ok; }
  // "NO [NONEXISTENT] Mailbox does not exist".
  std::string words() const;
};

// `bytes`: what ImapReader put together. The error is a sentence about it.
std::expected<ImapResponse, std::string> parse_imap_response(std::string_view bytes);

}  // namespace vedette::mail
