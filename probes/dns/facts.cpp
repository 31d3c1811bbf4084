// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/facts.h"

#include <algorithm>

#include <fmt/format.h>

#include "probes/dns/wire/words.h"
#include "probes/encoding.h"
#include "probes/peer/facts.h"

namespace vedette::dns {
namespace {

constexpr std::size_t max_records = 30;  // of each section
constexpr std::size_t max_record = 300;  // bytes of one

std::vector<std::string> bounded(const std::vector<std::string>& texts) {
  std::vector<std::string> out;
  const std::size_t kept = std::min(texts.size(), max_records);
  for (std::size_t i = 0; i < kept; ++i) out.emplace_back(shorten(texts[i], max_record));
  if (texts.size() > kept) out.push_back(fmt::format("and {} more", texts.size() - kept));
  return out;
}

// As `dig` writes them.
std::string flags_of(const Header& header) {
  std::string words;
  const auto add = [&](bool set, std::string_view word) {
    if (!set) return;
    if (!words.empty()) words += ' ';
    words += word;
  };
  add(header.response, "qr");
  add(header.authoritative, "aa");
  add(header.truncated, "tc");
  add(header.recursion_desired, "rd");
  add(header.recursion_available, "ra");
  add(header.authenticated, "ad");
  add(header.checking_disabled, "cd");
  return words;
}

void add_answer(std::vector<Fact>& facts, const Message& answer) {
  facts.push_back({"rcode", rcode_text(answer.header.rcode)});
  facts.push_back({"flags", flags_of(answer.header)});
  facts.push_back({"bytes", static_cast<std::int64_t>(answer.bytes)});
  auto errors = extended_errors_of(answer);
  if (!errors.empty()) facts.push_back({"extended_errors", std::move(errors)});
}

void add_view(std::vector<Fact>& facts, const View& view, Instant now) {
  if (!view.data().empty()) facts.push_back({"answer", bounded(view.data())});
  if (view.lowest_ttl()) facts.push_back({"ttl", std::int64_t{*view.lowest_ttl()}});
  if (view.serial()) facts.push_back({"serial", std::int64_t{*view.serial()}});
  if (const auto end = view.signatures_end(now)) {
    facts.push_back({"signatures_end", format_instant(*end)});
  }
}

void add_section(Transcript& transcript, std::string_view section,
                 const std::vector<Record>& records) {
  for (std::size_t i = 0; i < std::min(records.size(), max_records); ++i) {
    transcript.add(fmt::format("< {}: {}", section, shorten(records[i].text(), max_record)));
  }
  if (records.size() > max_records) {
    transcript.add(fmt::format("* {} more", records.size() - max_records));
  }
}

void add_answer(Transcript& transcript, const Message& answer, std::string_view transport) {
  transcript.add(fmt::format("< {}, flags {}, {} bytes over {}", rcode_text(answer.header.rcode),
                             flags_of(answer.header), answer.bytes, transport));
  for (const std::string& error : extended_errors_of(answer)) transcript.add("< says: " + error);
  add_section(transcript, "answer", answer.answer);
  add_section(transcript, "authority", answer.authority);
  add_section(transcript, "additional", answer.additional);
}

std::string question_line(const std::string& name, const Query& query) {
  std::string line =
      fmt::format("> {} {} {}", name, class_text(query.klass), type_text(query.type));
  if (query.recursion) line += " rd";
  if (query.authenticated) line += " ad";
  if (query.checking_disabled) line += " cd";
  if (query.edns_size) line += fmt::format(" edns {}", *query.edns_size);
  if (query.dnssec_ok) line += " do";
  return line;
}

}  // namespace

std::vector<std::string> extended_errors_of(const Message& answer) {
  std::vector<std::string> out;
  if (!answer.edns) return out;
  for (const ExtendedError& error : answer.edns->errors) {
    out.push_back(extended_error_text(error.code) + (error.text.empty() ? "" : ": " + error.text));
  }
  return out;
}

std::vector<Fact> facts_of(const Asked& asked, const View* view, Instant now) {
  std::vector<Fact> facts;
  facts.reserve(asked.tls ? 18 : 10);
  peer::add_text(facts, "server", asked.server);
  peer::add_text(facts, "remote_address", asked.address);
  peer::add_text(facts, "transport", asked.transport);
  if (asked.answer) add_answer(facts, *asked.answer);
  if (view != nullptr) add_view(facts, *view, now);
  if (asked.tls) peer::add_tls(facts, *asked.tls);
  return facts;
}

Transcript dialogue(const Asked& asked, const std::string& name, const Query& query) {
  Transcript transcript;
  transcript.add(question_line(name, query) + " to " + asked.server);
  for (const std::string& remark : asked.remarks) transcript.add("* " + remark);
  if (asked.answer) add_answer(transcript, *asked.answer, asked.transport);
  if (asked.failure) transcript.add("* " + asked.failure->message);
  return transcript;
}

}  // namespace vedette::dns
