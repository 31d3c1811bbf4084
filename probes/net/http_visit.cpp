// SPDX-License-Identifier: Apache-2.0
#include "probes/net/http_visit.h"

#include <memory>

namespace vedette::net {

void HttpVisit::enter(CURL* easy, const TlsSettings& settings) {
  use_share(easy, connections_.of(settings));
  // A second attempt on the same handle must not find a cookie twice.
  curl_easy_setopt(easy, CURLOPT_COOKIELIST, "ALL");
  for (const std::string& cookie : cookies_)
    curl_easy_setopt(easy, CURLOPT_COOKIELIST, cookie.c_str());
}

void HttpVisit::leave(CURL* easy) {
  curl_slist* list = nullptr;
  if (curl_easy_getinfo(easy, CURLINFO_COOKIELIST, &list) != CURLE_OK) return;
  const std::unique_ptr<curl_slist, decltype(&curl_slist_free_all)> owner(list,
                                                                          curl_slist_free_all);
  cookies_.clear();
  for (; list != nullptr; list = list->next) cookies_.emplace_back(list->data);
  if (cookies_.size() > most_cookies)
    cookies_.erase(cookies_.begin(), cookies_.end() - most_cookies);
}

}  // namespace vedette::net
