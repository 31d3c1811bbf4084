// SPDX-License-Identifier: Apache-2.0
#include "probes/http/series.h"

#include <charconv>

#include "probes/net/address.h"
#include "probes/net/redirect.h"
#include "probes/peer/series.h"
#include "probes/result.h"

namespace vedette::http {
namespace {

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

}  // namespace

std::vector<double> gauge_values(const net::HttpExchange& exchange) {
  const net::HttpTimings& times = exchange.timings;
  const bool answered = exchange.status != 0;
  const auto if_answered = [&](double value) { return answered ? value : not_seen; };
  const auto [protocol, hash] = peer::address_values(net::parse_address(exchange.remote_address));
  const auto [earliest, last_chain] = peer::expiry_values(exchange.tls);
  const auto body_length = static_cast<double>(exchange.body_bytes);

  std::vector<double> values;
  values.reserve(gauges.size());
  values = {peer::seconds(times.resolve),
            protocol,
            hash,
            peer::seconds(times.resolve),
            peer::seconds(times.connect),
            peer::seconds(times.tls),
            peer::seconds(times.processing),
            peer::seconds(times.transfer),
            static_cast<double>(exchange.status),
            version_value(exchange.version),
            if_answered(exchange.redirects),
            if_answered(exchange.tls ? 1 : 0),
            if_answered(content_length(exchange.headers)),
            if_answered(body_length),
            earliest,
            last_chain};
  return values;
}

}  // namespace vedette::http
