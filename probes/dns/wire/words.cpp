// SPDX-License-Identifier: Apache-2.0
#include "probes/dns/wire/words.h"

#include <array>
#include <charconv>
#include <span>

#include <fmt/format.h>

#include "probes/ascii.h"

namespace vedette::dns {
namespace {

struct Word {
  std::uint16_t number;
  std::string_view text;
};

constexpr std::array<Word, 46> types{{
    {1, "A"},       {2, "NS"},      {5, "CNAME"},     {6, "SOA"},         {12, "PTR"},
    {13, "HINFO"},  {15, "MX"},     {16, "TXT"},      {17, "RP"},         {18, "AFSDB"},
    {24, "SIG"},    {25, "KEY"},    {28, "AAAA"},     {29, "LOC"},        {33, "SRV"},
    {35, "NAPTR"},  {36, "KX"},     {37, "CERT"},     {39, "DNAME"},      {42, "APL"},
    {43, "DS"},     {44, "SSHFP"},  {45, "IPSECKEY"}, {46, "RRSIG"},      {47, "NSEC"},
    {48, "DNSKEY"}, {49, "DHCID"},  {50, "NSEC3"},    {51, "NSEC3PARAM"}, {52, "TLSA"},
    {53, "SMIMEA"}, {55, "HIP"},    {59, "CDS"},      {60, "CDNSKEY"},    {61, "OPENPGPKEY"},
    {62, "CSYNC"},  {63, "ZONEMD"}, {64, "SVCB"},     {65, "HTTPS"},      {99, "SPF"},
    {108, "EUI48"}, {109, "EUI64"}, {255, "ANY"},     {256, "URI"},       {257, "CAA"},
    {32769, "DLV"},
}};

constexpr std::array<Word, 5> classes{
    {{1, "IN"}, {3, "CH"}, {4, "HS"}, {254, "NONE"}, {255, "ANY"}}};

constexpr std::array<Word, 14> rcodes{{
    {0, "NOERROR"},
    {1, "FORMERR"},
    {2, "SERVFAIL"},
    {3, "NXDOMAIN"},
    {4, "NOTIMP"},
    {5, "REFUSED"},
    {6, "YXDOMAIN"},
    {7, "YXRRSET"},
    {8, "NXRRSET"},
    {9, "NOTAUTH"},
    {10, "NOTZONE"},
    {16, "BADVERS"},
    {22, "BADTRUNC"},
    {23, "BADCOOKIE"},
}};

constexpr std::array<std::string_view, 25> extended_errors{
    "other error",
    "unsupported DNSKEY algorithm",
    "unsupported DS digest type",
    "stale answer",
    "forged answer",
    "DNSSEC indeterminate",
    "DNSSEC bogus",
    "signature expired",
    "signature not yet valid",
    "DNSKEY missing",
    "RRSIGs missing",
    "no zone key bit set",
    "NSEC missing",
    "cached error",
    "not ready",
    "blocked",
    "censored",
    "filtered",
    "prohibited",
    "stale NXDOMAIN answer",
    "not authoritative",
    "not supported",
    "no reachable authority",
    "network error",
    "invalid data",
};

std::string word(std::span<const Word> words, std::uint16_t number, std::string_view otherwise) {
  for (const Word& each : words) {
    if (each.number == number) return std::string(each.text);
  }
  return fmt::format("{}{}", otherwise, number);
}

std::optional<std::uint16_t> number_of(std::string_view text) {
  std::uint16_t value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

std::optional<std::uint16_t> parse(std::span<const Word> words, std::string_view text,
                                   std::string_view prefix) {
  for (const Word& each : words) {
    if (same_without_case(each.text, text)) return each.number;
  }
  if (same_without_case(text.substr(0, prefix.size()), prefix)) text.remove_prefix(prefix.size());
  return number_of(text);
}

}  // namespace

std::string type_text(std::uint16_t number) {
  return word(types, number, "TYPE");
}

std::optional<std::uint16_t> parse_type(std::string_view text) {
  const auto number = parse(types, text, "TYPE");
  // 0 is reserved; OPT and the types from 128 on up to ANY are no data (RFC 6895, section 3.1).
  const bool can_be_asked =
      number && *number != 0 && *number != type::opt && (*number < 128 || *number >= type::any);
  return can_be_asked ? number : std::nullopt;
}

std::string class_text(std::uint16_t number) {
  return word(classes, number, "CLASS");
}

std::optional<std::uint16_t> parse_class(std::string_view text) {
  return parse(classes, text, "CLASS");
}

std::string rcode_text(std::uint16_t number) {
  return word(rcodes, number, "RCODE");
}

std::optional<std::uint16_t> parse_rcode(std::string_view text) {
  constexpr std::uint16_t max_rcode = 0xfff;
  const auto number = parse(rcodes, text, "RCODE");
  return number && *number <= max_rcode ? number : std::nullopt;
}

std::string extended_error_text(std::uint16_t code) {
  return code < extended_errors.size() ? std::string(extended_errors[code])
                                       : fmt::format("error {}", code);
}

bool is_bogus(std::uint16_t extended_error) {
  return extended_error >= 6 && extended_error <= 12;
}

}  // namespace vedette::dns
