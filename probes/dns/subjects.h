// SPDX-License-Identifier: Apache-2.0
// What can be expected of the answer of a name server.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "probes/clock.h"
#include "probes/dns/asked.h"
#include "probes/dns/wire/query.h"
#include "probes/expect/observed.h"

namespace vedette::dns {

// The keys below `expect` and `expect_degraded`, in the order in which they are judged.
inline constexpr std::array<expect::Subject, 18> subjects{{
    {.key = "rcode", .words = "response code"},
    {.key = "authoritative", .words = "authoritative", .kind = expect::Kind::flag},
    {.key = "answer", .words = "answer", .kind = expect::Kind::text_set},
    {.key = "records", .words = "answer section", .kind = expect::Kind::text_set},
    {.key = "authority", .words = "authority section", .kind = expect::Kind::text_set},
    {.key = "additional", .words = "additional section", .kind = expect::Kind::text_set},
    {.key = "ttl",
     .words = "TTL",
     .kind = expect::Kind::number,
     .missing = "there was no record whose TTL could be looked at"},
    {.key = "serial",
     .words = "serial",
     .kind = expect::Kind::number,
     .missing = "there was no SOA record with a serial"},
    {.key = "signatures_valid_for",
     .words = "the first signature",
     .kind = expect::Kind::time_left,
     .missing = "there was no signature"},
    {.key = "bytes", .words = "size of the answer", .kind = expect::Kind::number},
    {.key = "transport", .words = "transport"},
    {.key = "remote_address", .words = "remote address"},
    {.key = "resolve", .words = "resolve time", .kind = expect::Kind::time},
    {.key = "connect", .words = "connect time", .kind = expect::Kind::time},
    {.key = "tls", .words = "TLS handshake time", .kind = expect::Kind::time},
    {.key = "request", .words = "response time", .kind = expect::Kind::time},
    {.key = "total", .words = "total time", .kind = expect::Kind::time},
    {.key = "certificate_expires_in",
     .words = "the certificate",
     .kind = expect::Kind::time_left,
     .missing = "there was no certificate"},
}};
inline constexpr std::size_t rcode_subject = 0;
inline constexpr std::size_t authoritative_subject = 1;

// What the expectations look at, as texts and numbers. Keeps what it shows; `asked` holds an answer
// and outlives it.
class View {
 public:
  // Without `sections`, whole records are not written out, and those sets are empty.
  View(const Asked& asked, const Query& query, bool sections);

  // `now` is compared with the ends of signatures and certificates.
  expect::Observed observe(Instant now) const;

  // Data of the records of the type that was asked for; of all records for ANY.
  const std::vector<std::string>& data() const { return data_; }
  std::optional<std::uint32_t> lowest_ttl() const { return lowest_ttl_; }
  // Of the SOA in the answer, or else in the authority section.
  std::optional<std::uint32_t> serial() const { return serial_; }
  // The end of the signature in the answer that ends first; without one there, of the authority
  // section.
  std::optional<Instant> signatures_end(Instant now) const;

 private:
  const Asked& asked_;
  std::vector<std::string> data_, records_, authority_, additional_;
  std::string rcode_, transport_;
  std::optional<std::uint32_t> lowest_ttl_, serial_;
};

}  // namespace vedette::dns
