// SPDX-License-Identifier: Apache-2.0
// What a browser keeps while it is on a site: connections and cookies, from one exchange to the
// next. A new visit knows nothing.
#pragma once

#include <string>
#include <vector>

#include <curl/curl.h>

#include "probes/net/connection_shares.h"

namespace vedette::net {

// Of exchanges one after the other, on one loop; outlives them.
class HttpVisit {
 public:
  HttpVisit() = default;
  HttpVisit(const HttpVisit&) = delete;
  HttpVisit& operator=(const HttpVisit&) = delete;

  // Beyond, the oldest are dropped.
  static constexpr std::size_t most_cookies = 100;

  // For an exchange that begins: it sends the cookies that belong to its URL, and may go over a
  // connection of this visit that was made with these settings.
  void enter(CURL* easy, const TlsSettings& settings);
  // For an exchange that has ended.
  void leave(CURL* easy);

 private:
  ConnectionShares connections_;
  std::vector<std::string> cookies_;  // in libcurl's notation
};

}  // namespace vedette::net
