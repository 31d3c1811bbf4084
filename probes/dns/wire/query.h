// SPDX-License-Identifier: Apache-2.0
// A question as bytes for the wire, and whether an answer belongs to it.
#pragma once

#include <cstdint>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

#include "probes/dns/wire/message.h"

namespace vedette::dns {

struct Query {
  std::string name;  // on the wire (encode_name)
  std::uint16_t type = 1;
  std::uint16_t klass = 1;
  bool recursion = true;                   // RD
  bool authenticated = false;              // AD: tell whether you validated (RFC 6840, section 5.7)
  bool checking_disabled = false;          // CD
  std::optional<std::uint16_t> edns_size;  // no EDNS when empty
  bool dnssec_ok = false;                  // DO; only with EDNS
};

std::string encode_query(const Query& query, std::uint16_t id);

enum class Mismatch : std::uint8_t { malformed, wrong_id, wrong_question };

struct Rejected {
  Mismatch why = Mismatch::malformed;
  std::string sentence;  // "the answer is for ...": without a final dot
};

// The message, when it is a readable answer to this question. Names are compared without case; a
// server that gives an error may leave the question out.
std::expected<Message, Rejected> match_answer(const Query& query, std::uint16_t id,
                                              std::string_view bytes);

}  // namespace vedette::dns
