// SPDX-License-Identifier: Apache-2.0
// What IMAP's untagged responses hold, typed. Each function takes ImapResponse::rest (or
// code_values) and gives nothing when that makes no sense. Pure, bounded.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "probes/mail/capabilities.h"

namespace vedette::mail {

using Uid = std::uint32_t;
using Uids = std::vector<Uid>;  // sorted, each once

Capabilities parse_imap_capabilities(std::string_view rest);

// "(\Seen \Deleted)"
std::optional<std::vector<std::string>> parse_flags(std::string_view rest);

// * STATUS INBOX (MESSAGES 17 UNSEEN 2): what was asked for and answered.
struct ImapMailboxStatus {
  std::string mailbox;  // UTF-8
  std::optional<std::uint32_t> messages;
  std::optional<std::uint32_t> recent;
  std::optional<std::uint32_t> unseen;
  std::optional<std::uint32_t> uidnext;
  std::optional<std::uint32_t> uidvalidity;
  std::optional<std::uint64_t> size;     // bytes
  std::optional<std::uint32_t> deleted;  // messages flagged \Deleted
};
std::optional<ImapMailboxStatus> parse_status(std::string_view rest);

struct ImapMailboxName {
  std::string name;                     // UTF-8
  std::string delimiter;                // empty: there is no hierarchy
  std::vector<std::string> attributes;  // "\Junk", "\HasNoChildren"
};
std::optional<ImapMailboxName> parse_list(std::string_view rest);

// * SEARCH 2 84 882
std::optional<Uids> parse_search(std::string_view rest);

// * ESEARCH (TAG "a5") UID ALL 2,10:11 COUNT 3 (RFC 4731)
struct ImapSearchResult {
  std::optional<Uids> all;
  std::optional<std::uint32_t> count;
  std::optional<std::uint32_t> min;
  std::optional<std::uint32_t> max;
};
std::optional<ImapSearchResult> parse_esearch(std::string_view rest);

// * 12 FETCH (UID 4 FLAGS (\Seen) BODY[HEADER] {12}...)
struct ImapMessage {
  std::uint32_t number = 0;  // sequence number
  std::optional<Uid> uid;
  std::optional<std::vector<std::string>> flags;
  std::optional<std::uint64_t> size;         // RFC822.SIZE, bytes
  std::optional<std::string> internal_date;  // "17-Jul-1996 02:44:25 -0700"
  // {"BODY[HEADER]", bytes}: names in upper case, as the server gives them back; NIL is left out.
  std::vector<std::pair<std::string, std::string>> parts;

  bool has_flag(std::string_view flag) const;
  // The bytes of a section, "HEADER", "TEXT", "" for all; null when they are not there.
  const std::string* part(std::string_view section) const;
};
std::optional<ImapMessage> parse_fetch(std::uint32_t number, std::string_view rest);

// * QUOTA "User quota" (STORAGE 10 512 MESSAGE 3 100) (RFC 9208)
struct ImapQuota {
  struct Resource {
    std::string name;  // "STORAGE" counts units of 1024 bytes, "MESSAGE" messages
    std::uint64_t used = 0;
    std::uint64_t limit = 0;
  };
  std::string root;
  std::vector<Resource> resources;
};
std::optional<ImapQuota> parse_quota(std::string_view rest);

// The code APPENDUID 38505 3955 (RFC 4315) of an APPEND.
struct ImapAppended {
  std::uint32_t uidvalidity = 0;
  Uid uid = 0;
};
std::optional<ImapAppended> parse_append_uid(std::string_view code_values);

}  // namespace vedette::mail
