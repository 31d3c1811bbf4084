// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/wire/query.h"

#include <array>

#include <fmt/format.h>

#include "probes/ascii.h"
#include "probes/dns/wire/reader.h"
#include "probes/dns/wire/words.h"

namespace vedette::dns {
namespace {

template <std::size_t count>
void put16(std::string& out, const std::array<unsigned, count>& numbers) {
  std::array<char, 2 * count> bytes{};
  for (std::size_t i = 0; i < count; ++i) {
    bytes[2 * i] = static_cast<char>(numbers[i] >> 8U & 0xffU);
    bytes[2 * i + 1] = static_cast<char>(numbers[i] & 0xffU);
  }
  out.append(bytes.data(), bytes.size());
}

// No server can have compressed the first name of its answer. Length bytes are below all letters.
bool echoes(const Query& query, std::string_view bytes) {
  if (bytes.size() < header_size + query.name.size() + 4) return false;
  const auto name = bytes.substr(header_size, query.name.size());
  Reader rest(bytes.substr(header_size + query.name.size()));
  return (name == query.name || same_without_case(name, query.name)) && rest.u16() == query.type &&
         rest.u16() == query.klass;
}

std::string words(const Question& question) {
  return fmt::format("{} {} {}", question.name, class_text(question.klass),
                     type_text(question.type));
}

std::unexpected<Rejected> rejected(Mismatch why, std::string sentence) {
  return std::unexpected(Rejected{why, std::move(sentence)});
}

std::unexpected<Rejected> wrong_question(const Query& query, const std::optional<Question>& found) {
  if (!found) return rejected(Mismatch::wrong_question, "an answer came without its question");
  const Question asked{Reader(query.name).name(), query.type, query.klass};
  return rejected(Mismatch::wrong_question, fmt::format("an answer came for {}, but {} was asked",
                                                        words(*found), words(asked)));
}

}  // namespace

std::string encode_query(const Query& query, std::uint16_t id) {
  constexpr unsigned rd = 1U << 8U, ad = 1U << 5U, cd = 1U << 4U, dnssec_ok = 1U << 15U;
  std::string out;
  out.reserve(header_size + query.name.size() + 4 + 11);
  const unsigned flags = (query.recursion ? rd : 0) | (query.authenticated ? ad : 0) |
                         (query.checking_disabled ? cd : 0);
  put16(out, std::array<unsigned, 6>{id, flags, 1, 0, 0, query.edns_size ? 1U : 0U});
  out += query.name;
  put16(out, std::array<unsigned, 2>{query.type, query.klass});
  if (query.edns_size) {
    // The root's name; the extended code and the version are 0, and there are no options.
    out += '\0';
    put16(out, std::array<unsigned, 5>{type::opt, *query.edns_size, 0,
                                       query.dnssec_ok ? dnssec_ok : 0, 0});
  }
  return out;
}

std::expected<Message, Rejected> match_answer(const Query& query, std::uint16_t id,
                                              std::string_view bytes) {
  Reader header(bytes);
  const std::uint16_t found_id = header.u16();
  if (header.ok() && bytes.size() >= header_size && found_id != id) {
    return rejected(Mismatch::wrong_id,
                    fmt::format("an answer came with the id {}, but {} was asked", found_id, id));
  }
  auto message = parse_message(bytes);
  if (!message) {
    return rejected(Mismatch::malformed, "the answer was malformed: " + message.error());
  }
  if (!message->header.response || message->header.opcode != 0) {
    return rejected(Mismatch::malformed, "what came back was no answer to a query");
  }
  if (!message->question && message->header.rcode != rcode::noerror) return *std::move(message);
  if (!message->question || !echoes(query, bytes)) return wrong_question(query, message->question);
  return *std::move(message);
}

}  // namespace vedette::dns
