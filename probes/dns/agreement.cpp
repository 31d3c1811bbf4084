// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/agreement.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "probes/ascii.h"
#include "probes/dns/wire/words.h"
#include "probes/encoding.h"

namespace vedette::dns {
namespace {

constexpr std::size_t max_shown = 200;
constexpr std::size_t max_named = 3;

// a is behind b by so many steps; 0 when it is not.
std::uint32_t behind(std::uint32_t a, std::uint32_t b) {
  const std::uint32_t steps = b - a;
  return steps < 0x80000000U ? steps : 0;
}

// "ns. root. 2026112501 7200 900 1209600 300" without its third field.
std::string without_serial(const std::string& soa) {
  const std::size_t first = soa.find(' ');
  const std::size_t second = soa.find(' ', first + 1);
  const std::size_t third = soa.find(' ', second + 1);
  return soa.substr(0, second) + soa.substr(std::min(third, soa.size()));
}

std::string shown(const std::vector<std::string>& data) {
  if (data.empty()) return "nothing";
  return std::string(shorten(fmt::format("{}", fmt::join(data, ", ")), max_shown));
}

std::optional<std::uint32_t> newest(std::span<const Claim> claims) {
  std::optional<std::uint32_t> newest;
  for (const Claim& claim : claims) {
    if (claim.serial && (!newest || behind(*newest, *claim.serial) > 0)) newest = claim.serial;
  }
  return newest;
}

// What most of them say; of equals, what was said first.
const std::vector<std::string>& common(std::span<const Claim> claims) {
  std::map<std::vector<std::string>, std::size_t> votes;
  for (const Claim& claim : claims) ++votes[claim.data];
  const Claim* best = &claims.front();
  for (const Claim& claim : claims) {
    if (votes[claim.data] > votes[best->data]) best = &claim;
  }
  return best->data;
}

std::string named(const std::vector<std::string>& clauses) {
  const std::size_t count = std::min(clauses.size(), max_named);
  std::string out = fmt::format(
      "{}", fmt::join(clauses.begin(), clauses.begin() + static_cast<std::ptrdiff_t>(count), "; "));
  if (clauses.size() > count) out += fmt::format("; and {} more", clauses.size() - count);
  return out;
}

std::optional<std::string> serials_apart(std::span<const Claim> claims, std::uint32_t allowed) {
  const auto first = newest(claims);
  if (!first) return std::nullopt;
  std::vector<std::string> clauses;
  for (const Claim& claim : claims) {
    const std::uint32_t lag = claim.serial ? behind(*claim.serial, *first) : 0;
    if (!claim.serial) clauses.push_back(fmt::format("{} shows no serial", claim.server));
    if (lag > allowed) {
      clauses.push_back(
          fmt::format("{} has the serial {}, {} behind", claim.server, *claim.serial, lag));
    }
  }
  if (clauses.empty()) return std::nullopt;
  return fmt::format("the newest serial is {}, but {}", *first, named(clauses));
}

std::optional<std::string> answers_apart(std::span<const Claim> claims) {
  const auto& most = common(claims);
  std::vector<std::string> clauses;
  for (const Claim& claim : claims) {
    if (claim.data != most) {
      clauses.push_back(fmt::format("{} says {}", claim.server, shown(claim.data)));
    }
  }
  if (clauses.empty()) return std::nullopt;
  return fmt::format("{}, while {} of {} servers say {}", named(clauses),
                     claims.size() - clauses.size(), claims.size(), shown(most));
}

}  // namespace

Claim claim_of(const Asked& asked, const Query& query) {
  Claim claim{.server = asked.server, .data = {}, .serial = {}};
  for (const auto* section : {&asked.answer->authority, &asked.answer->answer}) {
    for (const Record& record : *section) {
      if (record.type == type::soa) claim.serial = record.serial;
    }
  }
  for (const Record& record : asked.answer->answer) {
    if (record.type != query.type && query.type != type::any) continue;
    const bool soa = record.type == type::soa;
    claim.data.push_back(lower_case(soa ? without_serial(record.data) : record.data));
  }
  std::ranges::sort(claim.data);
  return claim;
}

std::optional<std::uint32_t> lag_of(std::span<const Claim> claims) {
  const auto first = newest(claims);
  if (!first || claims.size() < 2) return std::nullopt;
  std::uint32_t lag = 0;
  for (const Claim& claim : claims) {
    if (claim.serial) lag = std::max(lag, behind(*claim.serial, *first));
  }
  return lag;
}

std::optional<std::string> disagreement(std::span<const Claim> claims,
                                        std::optional<std::uint32_t> allowed_lag) {
  if (claims.size() < 2) return std::nullopt;
  if (allowed_lag) {
    if (auto apart = serials_apart(claims, *allowed_lag)) return apart;
  }
  return answers_apart(claims);
}

}  // namespace vedette::dns
