// SPDX-License-Identifier: Apache-2.0
#include "probes/net/tls_verdict.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <vector>

#include <fmt/format.h>
#include <openssl/x509_vfy.h>

namespace vedette::net {
namespace {

constexpr std::size_t names_told = 5;

std::string minute(Instant instant) {
  const auto days = std::chrono::floor<std::chrono::days>(instant);
  const std::chrono::year_month_day date(days);
  const auto minutes = std::chrono::floor<std::chrono::minutes>(instant - days).count();
  return fmt::format("{:04}-{:02}-{:02} {:02}:{:02} UTC", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                     minutes / 60, minutes % 60);
}

std::string whose(const ChainError& error) {
  return error.depth == 0 ? "the certificate"
                          : fmt::format("the issuer's certificate \"{}\"", error.subject);
}

Failure expired(const std::string& what, Instant not_after, Instant now) {
  return {Reason::tls_expired, fmt::format("{} expired on {}, {} ago", what, minute(not_after),
                                           span_in_words(now - not_after))};
}

Failure not_yet_valid(const std::string& what, Instant not_before, Instant now) {
  return {Reason::tls_not_yet_valid,
          fmt::format("{} is not valid before {}, in {}", what, minute(not_before),
                      span_in_words(not_before - now))};
}

Failure unknown_issuer(const Judged& judged, const ChainError& error) {
  const Certificate& last = judged.presented.back();
  std::string message =
      error.code == X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN
          ? fmt::format("the chain ends at \"{}\", which is not among the trusted roots",
                        error.subject)
          : fmt::format("the issuer \"{}\" is not among the trusted roots", last.issuer);
  if (judged.presented.size() == 1 && error.code != X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN) {
    message += "; the server sent only its own certificate, so an intermediate may be missing";
  }
  return {Reason::tls_unknown_issuer, std::move(message)};
}

Failure other(const ChainError& error) {
  return {Reason::tls_handshake, fmt::format("{} was not accepted: {}", whose(error),
                                             X509_verify_cert_error_string(error.code))};
}

std::optional<Failure> date_failure(const Judged& judged, Instant now) {
  const Certificate& leaf = judged.presented.front();
  if (now >= leaf.not_after) return expired("the certificate", leaf.not_after, now);
  const auto& error = judged.chain_error;
  if (error && error->code == X509_V_ERR_CERT_HAS_EXPIRED && error->not_after) {
    return expired(whose(*error), *error->not_after, now);
  }
  if (now < leaf.not_before) return not_yet_valid("the certificate", leaf.not_before, now);
  if (error && error->code == X509_V_ERR_CERT_NOT_YET_VALID && error->not_before) {
    return not_yet_valid(whose(*error), *error->not_before, now);
  }
  return std::nullopt;
}

std::optional<Failure> chain_failure(const Judged& judged) {
  if (!judged.chain_error) return std::nullopt;
  switch (judged.chain_error->code) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return std::nullopt;  // told with the dates
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return Failure{Reason::tls_self_signed,
                     "the certificate is self-signed and not among the trusted roots"};
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
      return unknown_issuer(judged, *judged.chain_error);
    default:
      return other(*judged.chain_error);
  }
}

std::string told(const std::vector<std::string>& names) {
  const std::size_t shown = std::min(names.size(), names_told);
  std::string text = fmt::format(
      "{}", fmt::join(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown), ", "));
  if (names.size() > shown) text += fmt::format(" and {} more", names.size() - shown);
  return text;
}

std::optional<Failure> name_failure(const Judged& judged) {
  if (judged.names_host) return std::nullopt;
  const Certificate& leaf = judged.presented.front();
  if (leaf.names.empty()) {
    // RFC 9525 section 2: the common name is not looked at, and browsers do not either.
    return Failure{
        Reason::tls_wrong_host,
        fmt::format("the certificate has no subjectAltName, so it is not for {} (subject \"{}\")",
                    judged.host, leaf.subject)};
  }
  return Failure{Reason::tls_wrong_host, fmt::format("the certificate is for {}, not for {}",
                                                     told(leaf.names), judged.host)};
}

}  // namespace

std::string span_in_words(Duration span) {
  struct Unit {
    std::chrono::seconds length;
    const char* name;
  };
  static constexpr std::array units = {Unit{std::chrono::days(1), "day"},
                                       Unit{std::chrono::hours(1), "hour"},
                                       Unit{std::chrono::minutes(1), "minute"}};
  for (const Unit& unit : units) {
    const auto count = span / unit.length;
    if (count >= 1) return fmt::format("{} {}{}", count, unit.name, count == 1 ? "" : "s");
  }
  const auto seconds = std::chrono::floor<std::chrono::seconds>(span).count();
  return fmt::format("{} second{}", seconds, seconds == 1 ? "" : "s");
}

std::optional<Failure> judge(const Judged& judged, Instant now) {
  std::optional<Failure> verdict;
  for (auto& failure : {date_failure(judged, now), chain_failure(judged), name_failure(judged)}) {
    if (!failure) continue;
    if (!verdict) {
      verdict = failure;
    } else {
      verdict->message += "; also, " + failure->message;
    }
  }
  // A chain that was refused is never taken for good, whatever its dates seem to be.
  if (!verdict && judged.chain_error) verdict = other(*judged.chain_error);
  return verdict;
}

}  // namespace vedette::net
