// SPDX-License-Identifier: Apache-2.0
// Whatever a name server sends ends in bounded texts, or in a sentence that says what is wrong.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "probes/dns/wire/name.h"
#include "probes/dns/wire/query.h"

namespace {

using namespace vedette::dns;

void require(bool holds) {
  if (!holds) std::abort();
}

void require_line(std::string_view text) {
  for (const char c : text) require(c >= ' ' && c <= '~');
}

std::size_t check(const std::vector<Record>& records) {
  std::size_t size = 0;
  for (const Record& record : records) {
    require_line(record.text());
    require(record.name.ends_with('.'));
    size += record.name.size() + record.data.size();
  }
  return size;
}

// A name that was read can be written again.
void check_name(const std::string& name) {
  const auto wire = encode_name(name);
  require(wire && wire->size() <= max_name);
}

void check(const Message& message) {
  const std::size_t size =
      check(message.answer) + check(message.authority) + check(message.additional);
  require(size <= max_text);
  if (message.question) check_name(message.question->name);
  for (const Record& record : message.answer) check_name(record.name);
  if (message.edns) require(message.edns->errors.size() <= 8);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto message = parse_message(bytes);
  if (message)
    check(*message);
  else
    require_line(message.error());

  // The same bytes as the answer to some question: the one that they hold, if they do.
  Query query;
  const auto name = message && message->question ? encode_name(message->question->name)
                                                 : encode_name("shop.example");
  query.name = *name;
  const std::uint16_t id = message ? message->header.id : 0;
  const auto matched = match_answer(query, id, bytes);
  require(!matched || matched->header.response);
  return 0;
}
