// SPDX-License-Identifier: Apache-2.0
// Whatever a mail server gives for a message: it is taken apart, judged and never mistaken for one
// of our own.
#include <cstdint>
#include <cstdlib>

#include "probes/message/authentication.h"
#include "probes/message/received.h"
#include "probes/message/transfer_encoding.h"
#include "probes/round_trip/alterations.h"
#include "probes/round_trip/leftovers.h"
#include "probes/round_trip/memory.h"

namespace {

using namespace vedette;

void check(bool holds) {
  if (!holds) std::abort();
}

void check_headers(const message::Headers& headers) {
  check(headers.size() <= message::max_fields);
  for (const auto& [name, value] : headers) {
    check(!name.empty() && value.size() <= message::max_value);
    check(value.find('\n') == value.npos);
  }
  const auto way = message::way_of(headers);
  if (message::received_over_tls(way)) check(!way.empty());
  for (const message::Hop& hop : way) message::describe(hop);
  for (const auto& [method, result] : message::verdicts_of(headers, {"mx.example.com"})) {
    check(message::count(headers, "Authentication-Results") > 0);
  }
}

void check_body(std::string_view body) {
  check(message::decode_base64(body).size() <= body.size());
  check(message::decode_quoted_printable(body).size() <= body.size());
  check(message::decode_quoted_printable(message::quoted_printable(body)) ==
        message::decode_body(body, "8bit"));
}

void check_ownership(const message::Message& arrived, std::string_view raw) {
  const std::string owner = round_trip::owner_of(7);
  const round_trip::Token token{owner, {}, {}};
  const auto own = round_trip::own_token(arrived.headers, owner);
  if (own) check(raw.find(own->text()) != raw.npos);
  for (const auto& known : round_trip::recall(raw, owner)) check(known.owner == owner);
  const auto sent = round_trip::compose(
      {{"", "a@example.com"}, {"", "b@example.com"}, "s", {}, "b\n"}, token, Instant());
  const auto found = round_trip::alterations(sent, arrived, Mask());
  if (found.empty()) check(raw.find(token.text()) != raw.npos);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view raw(reinterpret_cast<const char*>(data), size);
  const message::Message arrived = message::parse(raw);
  check_headers(arrived.headers);
  check_body(arrived.body);
  check_ownership(arrived, raw);
  return 0;
}
