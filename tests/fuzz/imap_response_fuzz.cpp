// SPDX-License-Identifier: Apache-2.0
// Whatever an IMAP server sends becomes bounded, typed data, or a sentence.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "probes/mail/imap_data.h"
#include "probes/mail/imap_reader.h"
#include "probes/mail/imap_response.h"
#include "probes/mail/imap_text.h"
#include "probes/mail/modified_utf7.h"

namespace {

using namespace vedette::mail;

constexpr std::size_t max_bytes = 4096;

void require(bool holds) {
  if (!holds) std::abort();
}

void check_numbers(const std::optional<Uids>& uids) {
  if (!uids) return;
  require(std::ranges::is_sorted(*uids) && uids->size() <= max_set);
  if (!uids->empty() && uids->front() != 0)
    require(parse_sequence_set(sequence_set(*uids)) == uids);
}

void check_data(const ImapResponse& response) {
  parse_imap_capabilities(response.rest);
  parse_flags(response.rest);
  parse_status(response.rest);
  parse_list(response.rest);
  parse_quota(response.rest);
  parse_append_uid(response.code_values);
  check_numbers(parse_search(response.rest));
  if (const auto found = parse_esearch(response.rest)) check_numbers(found->all);
  if (const auto message = parse_fetch(response.number.value_or(1), response.rest)) {
    std::size_t total = 0;
    for (const auto& [name, bytes] : message->parts) total += name.size() + bytes.size();
    require(total <= response.rest.size());
  }
  const auto name = decode_modified_utf7(response.rest);
  if (name) require(encode_modified_utf7(*name) == response.rest);
}

void check(std::string_view bytes) {
  const auto response = parse_imap_response(bytes);
  if (!response) {
    require(!response.error().empty() && response.error().size() < 1000);
    return;
  }
  require(response->rest.size() + response->code_values.size() <= bytes.size());
  require((response->kind == ImapResponse::Kind::tagged) == !response->tag.empty());
  check_data(*response);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  ImapReader reader(max_bytes);
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find("\r\n"));
    rest.remove_prefix(std::min(line.size() + 2, rest.size()));
    const auto literal = reader.line(line);
    if (!literal) return 0;
    if (!*literal) {
      const std::string bytes = reader.take();
      require(bytes.size() <= max_bytes);
      check(bytes);
      continue;
    }
    const std::size_t taken = std::min(**literal, rest.size());
    reader.literal(rest.substr(0, taken));
    rest.remove_prefix(taken);
  }
  return 0;
}
