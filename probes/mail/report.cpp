// SPDX-License-Identifier: Apache-2.0
#include "probes/mail/report.h"

#include <vector>

#include "probes/net/address.h"
#include "probes/peer/facts.h"

namespace vedette::mail {
namespace {

constexpr std::array<std::string_view, 6> phases{"resolve",  "connect", "tls",
                                                 "greeting", "auth",    "command"};

double count(Microseconds time) {
  return static_cast<double>(time.count());
}

// Of the chain that was verified; a server may show more certificates than anybody needs.
Instant certificate_end(const net::TlsFacts& tls) {
  return tls.last_chain_expiry.value_or(tls.chain->front().not_after);
}

// Sets session_subjects, from this place on. The values are views into the session.
void observe_session(const Session& session, Instant now, std::size_t first,
                     expect::Observed& out) {
  const net::Stream& stream = session.stream();
  std::size_t next = first;
  out.set(next++, expect::Text(session.banner()));
  out.set(next++, expect::TextSet(session.offered().names()));
  out.set(next++, session.encrypted());
  out.set(next++, expect::Text(stream.remote_address()));
  for (const std::string_view phase : phases) out.set(next++, count(stream.phases().of(phase)));
  out.set(next++, count(stream.phases().total()));
  if (stream.tls()) out.set(next, count(certificate_end(*stream.tls()) - now));
}

std::vector<double> session_values(const Session& session) {
  const net::Stream& stream = session.stream();
  const auto [protocol, hash] = peer::address_values(net::parse_address(stream.remote_address()));
  const auto [earliest, last_chain] = peer::expiry_values(stream.tls());
  std::vector<double> out{peer::seconds(stream.phases().of("resolve")), protocol, hash};
  for (const std::string_view phase : phases) {
    out.push_back(peer::seconds(stream.phases().of(phase)));
  }
  out.push_back(stream.remote_address().empty() ? not_seen : session.encrypted());
  out.push_back(earliest);
  out.push_back(last_chain);
  return out;
}

}  // namespace

Result report(const Session& session) {
  const net::Stream& stream = session.stream();
  Result result;
  result.duration = stream.phases().total();
  result.phases = stream.phases().list();
  peer::add_text(result.facts, "banner", session.banner());
  if (!session.offered().empty()) {
    result.facts.push_back({"capabilities", session.offered().names()});
  }
  result.facts.push_back({"encrypted", session.encrypted()});
  peer::add_text(result.facts, "remote_address", stream.remote_address());
  if (stream.tls()) peer::add_tls(result.facts, *stream.tls());
  result.gauges = session_values(session);
  result.infos = peer::tls_info_labels(stream.tls());
  return result;
}

void settle(const Session& session, const Expected<void>& done,
            const peer::Expectations& expectations, expect::Observed observed, std::size_t own,
            const Mask& mask, Result& result) {
  if (!done) return peer::fail(result, done.error(), "a session");
  observe_session(session, wall_now(), own, observed);
  peer::judge_expectations(expectations, observed, mask, result);
}

void close_report(const Session& session, const Mask& mask, Result& result) {
  if (!mask.empty()) peer::mask_texts(result, mask);
  if (result.outcome == Outcome::pass) return;
  result.transcript = session.transcript();
  result.transcript.add("* " + result.message);
}

}  // namespace vedette::mail
