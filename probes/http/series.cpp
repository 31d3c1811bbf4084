// SPDX-License-Identifier: Apache-2.0
#include "probes/http/series.h"

#include <charconv>
#include <chrono>
#include <optional>

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>

#include "probes/ascii.h"
#include "probes/encoding.h"
#include "probes/net/redirect.h"
#include "probes/result.h"

namespace vedette::http {
namespace {

double seconds(Microseconds time) {
  return static_cast<double>(time.count()) / 1e6;
}

double unix_time(Instant instant) {
  return static_cast<double>(
      std::chrono::floor<std::chrono::seconds>(instant).time_since_epoch().count());
}

template <class Bytes>
double fnv1a(const Bytes& bytes) {
  std::uint32_t hash = 2166136261u;
  for (const unsigned char byte : bytes) hash = (hash ^ byte) * 16777619u;
  return hash;
}

// The IP version, and a hash of the address's bytes.
std::pair<double, double> address_values(const std::string& text) {
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(text, error);
  if (error) return {not_seen, not_seen};
  if (address.is_v4()) return {4, fnv1a(address.to_v4().to_bytes())};
  return {6, fnv1a(address.to_v6().to_bytes())};
}

double version_value(const std::string& version) {
  double value = not_seen;
  std::from_chars(version.data(), version.data() + version.size(), value);
  return value;
}

double content_length(const net::Headers& headers) {
  const std::string* text = net::find_header(headers, "Content-Length");
  if (text == nullptr) return -1;
  std::int64_t length = -1;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), length);
  return error == std::errc() && end == text->data() + text->size() ? static_cast<double>(length)
                                                                    : -1;
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

std::string label(std::string_view name, std::string_view value) {
  return fmt::format("{}=\"{}\"", name, label_value(value));
}

std::string certificate_labels(const net::Certificate& leaf) {
  return fmt::format("{},{},{},{},{}", label("fingerprint_sha256", leaf.sha256),
                     label("subject", leaf.subject), label("issuer", leaf.issuer),
                     label("subjectalternative", fmt::format("{}", fmt::join(leaf.names, ","))),
                     label("serialnumber", lower_case(leaf.serial)));
}

}  // namespace

std::vector<double> gauge_values(const net::HttpExchange& exchange) {
  const net::HttpTimings& times = exchange.timings;
  const bool answered = exchange.status != 0;
  const auto if_answered = [&](double value) { return answered ? value : not_seen; };
  const auto [protocol, hash] = address_values(exchange.remote_address);
  const auto last_chain = exchange.tls ? exchange.tls->last_chain_expiry : std::nullopt;
  const auto body_length = static_cast<double>(exchange.body_bytes);

  std::vector<double> values;
  values.reserve(gauges.size());
  values = {seconds(times.resolve),
            protocol,
            hash,
            seconds(times.resolve),
            seconds(times.connect),
            seconds(times.tls),
            seconds(times.processing),
            seconds(times.transfer),
            static_cast<double>(exchange.status),
            version_value(exchange.version),
            if_answered(exchange.redirects),
            if_answered(exchange.tls ? 1 : 0),
            if_answered(content_length(exchange.headers)),
            if_answered(body_length),
            exchange.tls ? unix_time(exchange.tls->earliest_expiry) : not_seen,
            last_chain ? unix_time(*last_chain) : not_seen};
  return values;
}

std::vector<std::string> info_labels(const net::HttpExchange& exchange) {
  std::vector<std::string> labels(infos.size());
  if (!exchange.tls) return labels;
  const net::TlsFacts& tls = *exchange.tls;
  if (!tls.version.empty()) labels[0] = label("version", tls.version);
  if (!tls.cipher.empty()) labels[1] = label("cipher", tls.cipher);
  labels[2] = certificate_labels(tls.chain->front());
  return labels;
}

}  // namespace vedette::http
