// SPDX-License-Identifier: Apache-2.0
#include "probes/net/connection_shares.h"

#include <algorithm>

namespace vedette::net {

ConnectionShares::~ConnectionShares() {
  for (const auto& [settings, share] : shares_) {
    curl_share_cleanup(share);
  }
}

CURLSH* ConnectionShares::of(const TlsSettings& settings) {
  const auto found =
      std::ranges::find_if(shares_, [&](const auto& entry) { return entry.first == settings; });
  if (found != shares_.end()) {
    return found->second;
  }
  if (shares_.size() >= max_shares) {
    return nullptr;
  }
  CURLSH* share = curl_share_init();
  curl_share_setopt(share, CURLSHOPT_SHARE, CURL_LOCK_DATA_CONNECT);
  shares_.emplace_back(settings, share);
  return share;
}

void use_share(CURL* easy, CURLSH* share) {
  curl_easy_setopt(easy, CURLOPT_SHARE, share);
  curl_easy_setopt(easy, CURLOPT_FRESH_CONNECT, share == nullptr ? 1L : 0L);
  curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, share == nullptr ? 1L : 0L);
}

}  // namespace vedette::net
