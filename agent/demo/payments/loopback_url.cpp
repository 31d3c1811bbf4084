// SPDX-License-Identifier: Apache-2.0
#include "agent/demo/payments/loopback_url.h"

#include <boost/asio/ip/address.hpp>

#include "probes/net/url.h"

namespace vedette::demo {

bool is_loopback_url(const std::string& url) {
  const auto parsed = net::Url::parse(url);
  if (!parsed || parsed->secure()) return false;
  auto host = parsed->host();
  if (host == "localhost") return true;
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  boost::system::error_code error;
  const auto address = boost::asio::ip::make_address(host, error);
  return !error && address.is_loopback();
}

ApiError not_loopback(std::string_view param) {
  auto error = invalid_value(param,
                             "Invalid URL: the demo calls http://127.0.0.1, [::1] and "
                             "localhost, and nobody else.");
  error.code = "url_invalid";
  return error;
}

}  // namespace vedette::demo
