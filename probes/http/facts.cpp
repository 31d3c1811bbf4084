// SPDX-License-Identifier: Apache-2.0
#include "probes/http/facts.h"

#include "probes/peer/facts.h"

namespace vedette::http {
using peer::add_text;

std::vector<Fact> facts_of(const net::HttpExchange& exchange) {
  std::vector<Fact> facts;
  facts.reserve(exchange.tls ? 16 : 6);
  if (exchange.status != 0) {
    facts.push_back({"status", std::int64_t{exchange.status}});
    add_text(facts, "version", exchange.version);
  }
  add_text(facts, "final_url", exchange.final_url);
  facts.push_back({"redirects", std::int64_t{exchange.redirects}});
  add_text(facts, "remote_address", exchange.remote_address);
  if (exchange.status != 0) {
    facts.push_back({"body_bytes", static_cast<std::int64_t>(exchange.body_bytes)});
  }
  if (exchange.tls) peer::add_tls(facts, *exchange.tls);
  return facts;
}

}  // namespace vedette::http
