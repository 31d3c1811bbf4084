// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/subjects.h"

#include <algorithm>

#include "probes/dns/wire/words.h"

namespace vedette::dns {
namespace {

static_assert(subjects.size() <= expect::Observed::max_subjects);

double count(Microseconds time) {
  return static_cast<double>(time.count());
}

std::vector<std::string> texts(const std::vector<Record>& records) {
  std::vector<std::string> out;
  out.reserve(records.size());
  for (const Record& record : records) out.push_back(record.text());
  return out;
}

std::optional<std::uint32_t> serial_of(const std::vector<Record>& records) {
  const auto soa = std::ranges::find(records, type::soa, &Record::type);
  return soa == records.end() ? std::nullopt : std::optional(soa->serial);
}

// Seconds modulo 2^32 as the instant that is nearest to now (RFC 4034, section 3.1.5).
Instant near(std::uint32_t seconds, Instant now) {
  const auto now_seconds = std::chrono::floor<std::chrono::seconds>(now);
  const auto low = static_cast<std::uint32_t>(now_seconds.time_since_epoch().count());
  return now_seconds + std::chrono::seconds(static_cast<std::int32_t>(seconds - low));
}

std::optional<Instant> first_end(const std::vector<Record>& records, Instant now) {
  std::optional<Instant> first;
  for (const Record& record : records) {
    if (record.type != type::rrsig) continue;
    const Instant end = near(record.signature_end, now);
    if (!first || end < *first) first = end;
  }
  return first;
}

// Of the chain that was verified; a server may show more certificates than anybody needs.
Instant certificate_end(const net::TlsFacts& tls) {
  return tls.last_chain_expiry.value_or(tls.chain->front().not_after);
}

}  // namespace

View::View(const Asked& asked, const Query& query, bool sections)
    : asked_(asked),
      rcode_(rcode_text(asked.answer->header.rcode)),
      transport_(asked.transport),
      serial_(serial_of(asked.answer->answer)) {
  for (const Record& record : asked.answer->answer) {
    if (record.type != query.type && query.type != type::any) continue;
    data_.push_back(record.data);
    lowest_ttl_ = std::min(record.ttl, lowest_ttl_.value_or(record.ttl));
  }
  if (!serial_) serial_ = serial_of(asked.answer->authority);
  if (!sections) return;
  records_ = texts(asked.answer->answer);
  authority_ = texts(asked.answer->authority);
  additional_ = texts(asked.answer->additional);
}

std::optional<Instant> View::signatures_end(Instant now) const {
  const auto end = first_end(asked_.answer->answer, now);
  return end ? end : first_end(asked_.answer->authority, now);
}

expect::Observed View::observe(Instant now) const {
  expect::Observed seen;
  std::size_t next = rcode_subject;
  const auto add = [&](expect::Value value) { seen.set(next++, value); };
  const auto add_if = [&](bool there, double value) {
    if (there) seen.set(next, value);
    ++next;
  };
  add(expect::Text(rcode_));
  add(asked_.answer->header.authoritative);
  for (const auto* set : {&data_, &records_, &authority_, &additional_}) {
    add(expect::TextSet(*set));
  }
  add_if(lowest_ttl_.has_value(), lowest_ttl_.value_or(0));
  add_if(serial_.has_value(), serial_.value_or(0));
  const auto end = signatures_end(now);
  add_if(end.has_value(), count(end.value_or(now) - now));
  add(static_cast<double>(asked_.answer->bytes));
  add(expect::Text(transport_));
  add(expect::Text(asked_.address));
  for (const std::string_view phase : {"resolve", "connect", "tls", "request"}) {
    add(count(asked_.clock.of(phase)));
  }
  add(count(asked_.clock.total()));
  add_if(asked_.tls.has_value(), asked_.tls ? count(certificate_end(*asked_.tls) - now) : 0);
  return seen;
}

}  // namespace vedette::dns
