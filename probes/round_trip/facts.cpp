// SPDX-License-Identifier: Apache-2.0
#include "probes/round_trip/facts.h"

#include <fmt/format.h>

#include "probes/encoding.h"
#include "probes/peer/facts.h"

namespace vedette::round_trip {
namespace {

constexpr std::size_t max_hops = 20;
constexpr std::size_t max_hop = 200;  // bytes of one

void add_server(std::vector<Fact>& facts, std::string_view name, const Met& server) {
  peer::add_text(facts, fmt::format("{}_address", name), server.address);
  if (!server.tls) return;
  std::vector<Fact> tls;
  peer::add_tls(tls, *server.tls);
  for (Fact& fact : tls) {
    fact.name = fmt::format("{}_{}", name, fact.name);
    facts.push_back(std::move(fact));
  }
}

void add_reading(std::vector<Fact>& facts, const Reading& reading) {
  std::vector<std::string> way;
  for (const message::Hop& hop : reading.way) {
    if (way.size() == max_hops) break;
    way.push_back(printable(shorten(message::describe(hop), max_hop)));
  }
  if (!way.empty()) facts.push_back({"received", std::move(way)});
  std::vector<std::string> verdicts;
  for (const auto& [method, result] : reading.verdicts) {
    verdicts.push_back(printable(fmt::format("{}={}", method, result)));
  }
  if (!verdicts.empty()) facts.push_back({"authentication", std::move(verdicts)});
}

}  // namespace

std::vector<Fact> facts_of(const Trip& trip, const Reading* reading) {
  std::vector<Fact> facts;
  add_server(facts, "submission", trip.submission);
  peer::add_text(facts, "accepted", trip.accepted);
  add_server(facts, "mailbox", trip.mailbox);
  if (trip.arrival) {
    peer::add_text(facts, "folder", trip.arrival->folder);
    facts.push_back({"copies", static_cast<std::int64_t>(trip.arrival->copies)});
  }
  if (reading != nullptr) add_reading(facts, *reading);
  if (!trip.missing_folders.empty()) facts.push_back({"missing_folders", trip.missing_folders});
  if (trip.leftovers > 0) {
    facts.push_back({"leftovers_cleared", static_cast<std::int64_t>(trip.leftovers)});
  }
  peer::add_text(facts, "left_behind", trip.left_behind);
  return facts;
}

}  // namespace vedette::round_trip
