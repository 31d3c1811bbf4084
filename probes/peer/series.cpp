// SPDX-License-Identifier: Apache-2.0
#include "probes/peer/series.h"

#include <chrono>
#include <cstdint>

#include <fmt/format.h>

#include "probes/ascii.h"
#include "probes/encoding.h"

namespace vedette::peer {
namespace {

template <class Bytes>
double fnv1a(const Bytes& bytes) {
  std::uint32_t hash = 2166136261u;
  for (const unsigned char byte : bytes) hash = (hash ^ byte) * 16777619u;
  return hash;
}

// A label's value in the exposition format: one line, with \, " and line breaks escaped.
std::string label_value(std::string_view text) {
  std::string out;
  for (const char c : printable(text)) {
    if (c == '\\' || c == '"') out += '\\';
    out += c;
  }
  return out;
}

std::string certificate_labels(const net::Certificate& leaf) {
  return fmt::format("{},{},{},{},{}", label("fingerprint_sha256", leaf.sha256),
                     label("subject", leaf.subject), label("issuer", leaf.issuer),
                     label("subjectalternative", fmt::format("{}", fmt::join(leaf.names, ","))),
                     label("serialnumber", lower_case(leaf.serial)));
}

}  // namespace

double seconds(Microseconds time) {
  return static_cast<double>(time.count()) / 1e6;
}

double unix_time(Instant instant) {
  return static_cast<double>(
      std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count());
}

std::pair<double, double> address_values(const std::optional<boost::asio::ip::address>& address) {
  if (!address) return {not_seen, not_seen};
  if (address->is_v4()) return {4, fnv1a(address->to_v4().to_bytes())};
  return {6, fnv1a(address->to_v6().to_bytes())};
}

std::pair<double, double> expiry_values(const std::optional<net::TlsFacts>& tls) {
  if (!tls) return {not_seen, not_seen};
  return {unix_time(tls->earliest_expiry),
          tls->last_chain_expiry ? unix_time(*tls->last_chain_expiry) : not_seen};
}

std::string label(std::string_view name, std::string_view value) {
  return fmt::format("{}=\"{}\"", name, label_value(value));
}

std::vector<std::string> tls_info_labels(const std::optional<net::TlsFacts>& tls) {
  if (!tls) return {};
  std::vector<std::string> labels(tls_infos.size());
  if (!tls->version.empty()) labels[0] = label("version", tls->version);
  if (!tls->cipher.empty()) labels[1] = label("cipher", tls->cipher);
  labels[2] = certificate_labels(tls->chain->front());
  return labels;
}

}  // namespace vedette::peer
