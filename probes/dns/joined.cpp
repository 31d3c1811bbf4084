// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/joined.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "probes/dns/judge.h"
#include "probes/dns/series.h"
#include "probes/dns/wire/words.h"

namespace vedette::dns {
namespace {

constexpr std::size_t max_named = 3;
constexpr std::string_view agreement_words = "all servers agree";

// "ns1.example.com (192.0.2.1:53): NOERROR, 2 records, serial 2026112501, 1.2ms".
std::string line_of(const ServerAsked& server) {
  const Asked& asked = server.asked;
  if (!asked.answer) return fmt::format("{}: {}", asked.server, asked.failure->message);
  std::string line =
      fmt::format("{}: {}, {} records", asked.server, rcode_text(asked.answer->header.rcode),
                  asked.answer->answer.size());
  if (server.claim->serial) line += fmt::format(", serial {}", *server.claim->serial);
  return line + fmt::format(", {:.1f}ms", peer::seconds(asked.clock.total()) * 1000);
}

std::vector<std::string> lines_of(const std::vector<ServerAsked>& servers) {
  std::vector<std::string> lines;
  for (const ServerAsked& server : servers) lines.push_back(line_of(server));
  return lines;
}

void name_server(Result& result, const std::string& server) {
  for (Observation& observation : result.evidence) {
    observation.expectation = fmt::format("{}, {}", server, observation.expectation);
    observation.saw = fmt::format("{}: {}", server, observation.saw);
  }
  // Some sentences begin with the server.
  if (!result.message.empty() && !result.message.starts_with(server)) {
    result.message = fmt::format("{}: {}", server, result.message);
  }
}

int badness(Outcome outcome) {
  return outcome == Outcome::fail ? 2 : outcome == Outcome::degraded ? 1 : 0;
}

bool is_worse(const Result& a, const Result& b) {
  const int difference = badness(a.outcome) - badness(b.outcome);
  return difference > 0 || (difference == 0 && a.duration > b.duration);
}

std::string messages_of(const std::vector<Result>& results, Outcome outcome) {
  std::vector<std::string_view> messages;
  std::size_t more = 0;
  for (const Result& result : results) {
    if (result.outcome != outcome) continue;
    if (messages.size() < max_named)
      messages.push_back(result.message);
    else
      ++more;
  }
  const std::string all = fmt::format("{}", fmt::join(messages, "; "));
  return more == 0 ? all : fmt::format("{}; and {} more", all, more);
}

std::vector<Claim> claims_of(const std::vector<ServerAsked>& servers) {
  std::vector<Claim> claims;
  for (const ServerAsked& server : servers) {
    if (server.claim) claims.push_back(*server.claim);
  }
  return claims;
}

// Serials are compared when they are what was asked for, when the servers are those of the zone, or
// when a lag was allowed.
std::optional<std::uint32_t> allowed_lag(const Settings& settings) {
  const bool compared = settings.of_zone || settings.query.type == type::soa;
  return settings.serial_lag || !compared ? settings.serial_lag : std::optional<std::uint32_t>(0);
}

void judge_agreement(const Settings& settings, const std::vector<Claim>& claims,
                     const std::vector<std::string>& lines, Result& result) {
  const auto apart = disagreement(claims, allowed_lag(settings));
  if (!apart) {
    result.evidence.push_back(
        {std::string(agreement_words), fmt::format("{} servers agreed", claims.size()), true});
    return;
  }
  result.evidence.push_back({std::string(agreement_words), *apart, false});
  if (result.outcome == Outcome::fail) return;
  peer::fail(result, {Reason::dns_disagreement, *apart});
  for (const std::string& line : lines) result.transcript.add("* " + line);
}

std::vector<Result> judge_each(const Settings& settings, const std::vector<ServerAsked>& servers,
                               Instant now) {
  std::vector<Result> results;
  for (const ServerAsked& server : servers) {
    results.push_back(judge(settings, server.asked, {.of_zone = settings.of_zone}, now));
    name_server(results.back(), server.asked.server);
  }
  return results;
}

}  // namespace

Result join(const Settings& settings, std::vector<ServerAsked> servers, Instant now) {
  std::vector<Result> results = judge_each(settings, servers, now);
  const std::vector<Claim> claims = claims_of(servers);
  std::vector<Observation> evidence;
  std::size_t failed = 0;
  for (const Result& result : results) {
    evidence.insert(evidence.end(), result.evidence.begin(), result.evidence.end());
    failed += result.outcome == Outcome::fail ? 1 : 0;
  }
  const auto worst = std::ranges::max_element(
      results, [](const Result& a, const Result& b) { return is_worse(b, a); });
  std::string message = messages_of(results, worst->outcome);
  Result result = std::move(*worst);
  if (result.outcome != Outcome::pass) result.message = std::move(message);
  result.evidence = std::move(evidence);
  std::vector<std::string> lines = lines_of(servers);
  set_servers(result.gauges, {servers.size(), failed, lag_of(claims)});
  judge_agreement(settings, claims, lines, result);
  result.facts.push_back({"servers", std::move(lines)});
  return result;
}

Result judge_without_zone(const Settings& settings, const peer::Server& resolver,
                          net::Failure failure) {
  Asked asked;
  asked.server = resolver.text();
  asked.failure = std::move(failure);
  return judge(settings, asked, {}, wall_now());
}

}  // namespace vedette::dns
