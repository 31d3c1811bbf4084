// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/wire/message.h"

#include <array>

#include <fmt/format.h>

#include "probes/dns/wire/rdata.h"
#include "probes/dns/wire/reader.h"
#include "probes/dns/wire/words.h"
#include "probes/encoding.h"

namespace vedette::dns {
namespace {

constexpr std::uint16_t extended_error_option = 15;
constexpr std::size_t max_errors = 8;
constexpr std::size_t max_error_text = 200;

bool bit(std::uint16_t flags, int number) {
  return (flags >> number & 1) != 0;
}

Header header_of(std::uint16_t id, std::uint16_t flags) {
  return {.id = id,
          .response = bit(flags, 15),
          .opcode = static_cast<std::uint8_t>(flags >> 11 & 0xf),
          .authoritative = bit(flags, 10),
          .truncated = bit(flags, 9),
          .recursion_desired = bit(flags, 8),
          .recursion_available = bit(flags, 7),
          .authenticated = bit(flags, 5),
          .checking_disabled = bit(flags, 4),
          .rcode = static_cast<std::uint16_t>(flags & 0xf)};
}

std::vector<ExtendedError> extended_errors(Reader options) {
  std::vector<ExtendedError> errors;
  while (options.ok() && !options.at_end()) {
    const std::uint16_t code = options.u16();
    Reader value = options.part(options.u16());
    if (code != extended_error_option || errors.size() == max_errors) continue;
    const std::uint16_t info = value.u16();
    const std::string_view text = value.rest();
    if (value.ok()) errors.push_back({info, printable(shorten(text, max_error_text))});
  }
  return errors;
}

class Parser {
 public:
  explicit Parser(std::string_view bytes) : reader_(bytes) { message_.bytes = bytes.size(); }

  std::expected<Message, std::string> parse() {
    const std::uint16_t id = reader_.u16();
    message_.header = header_of(id, reader_.u16());
    for (std::uint16_t& count : counts_) count = reader_.u16();
    if (!reader_.ok()) {
      return std::unexpected(fmt::format("{} bytes are less than a header", message_.bytes));
    }
    read_questions();
    read_section(message_.answer, counts_[1], "answer");
    read_section(message_.authority, counts_[2], "authority");
    read_section(message_.additional, counts_[3], "additional");
    if (!error_.empty()) return std::unexpected(error_);
    return std::move(message_);
  }

 private:
  void fail(std::string error) {
    if (error_.empty()) error_ = std::move(error);
  }

  void read_questions() {
    for (int i = 0; i < counts_[0]; ++i) {
      Question question;
      question.name = reader_.name();
      question.type = reader_.u16();
      question.klass = reader_.u16();
      if (!reader_.ok()) return fail("the question is cut off or unreadable");
      count_text(question.name.size());
      if (i == 0) message_.question = std::move(question);
    }
  }

  void read_section(std::vector<Record>& out, int count, std::string_view section) {
    for (int i = 0; i < count && error_.empty(); ++i) {
      const std::size_t at = reader_.at();
      if (read_record(out)) continue;
      if (!message_.header.truncated) {
        fail(fmt::format("record {} of {} in the {} section, at byte {}, is cut off or unreadable",
                         i + 1, count, section, at));
      }
      counts_ = {};
      return;
    }
  }

  // Nearly all records belong to the name that was asked for, and say so by pointing at it.
  std::string owner() {
    constexpr std::string_view points_at_question{"\xc0\x0c", 2};
    static_assert(header_size == 0x0c);
    const bool same = message_.question && reader_.take(points_at_question);
    return same ? message_.question->name : reader_.name();
  }

  bool read_record(std::vector<Record>& out) {
    Record record;
    record.name = owner();
    record.type = reader_.u16();
    record.klass = reader_.u16();
    record.ttl = reader_.u32();
    const std::uint16_t length = reader_.u16();
    Reader data = reader_.part(length);
    if (!reader_.ok()) return false;
    if (record.type == type::opt) return read_edns(record, data);
    if (record.ttl > 0x7fffffff) record.ttl = 0;
    auto text = rdata_text(record.type, record.klass, data);
    if (!text) return false;
    record.data = *std::move(text);
    count_text(record.name.size() + record.data.size());
    read_numbers(record, data.rest());
    out.push_back(std::move(record));
    return true;
  }

  // The class is the sender's size, and the TTL holds flags (RFC 6891, section 6.1).
  bool read_edns(const Record& record, Reader options) {
    if (message_.edns || record.name != ".") return false;
    message_.header.rcode |= static_cast<std::uint16_t>(record.ttl >> 24 << 4);
    message_.edns = Edns{.udp_size = record.klass,
                         .version = static_cast<std::uint8_t>(record.ttl >> 16),
                         .dnssec_ok = (record.ttl >> 15 & 1) != 0,
                         .errors = extended_errors(options)};
    return true;
  }

  static void read_numbers(Record& record, std::string_view data) {
    constexpr std::size_t soa_numbers = 20;
    if (record.type == type::soa) {
      record.serial = Reader(data.substr(data.size() - soa_numbers)).u32();
    }
    if (record.type == type::rrsig) {
      Reader fields(data);
      record.covered = fields.u16();
      fields.bytes(6);  // algorithm, labels, original TTL
      record.signature_end = fields.u32();
    }
  }

  void count_text(std::size_t size) {
    text_ += size;
    if (text_ > max_text)
      fail(fmt::format("its records take more than {} bytes as text", max_text));
  }

  Reader reader_;
  Message message_;
  std::array<std::uint16_t, 4> counts_{};
  std::size_t text_ = 0;
  std::string error_;
};

}  // namespace

std::string Record::text() const {
  return fmt::format("{} {} {}", name, type_text(type), data);
}

std::expected<Message, std::string> parse_message(std::string_view bytes) {
  return Parser(bytes).parse();
}

}  // namespace vedette::dns
