// SPDX-License-Identifier: Apache-2.0
#include "probes/net/easy_pool.h"

namespace vedette::net {

EasyPool::~EasyPool() {
  for (const auto& idle : {plain_, with_cookies_}) {
    for (CURL* easy : idle) {
      curl_easy_cleanup(easy);
    }
  }
}

EasyPool::Handle EasyPool::take(bool cookies) {
  auto& idle = cookies ? with_cookies_ : plain_;
  const GiveBack give_back{.pool = this, .cookies = cookies};
  if (idle.empty()) {
    Handle made(curl_easy_init(), give_back);
    if (cookies) {
      // Switches the cookie engine on for good. CURLOPT_COOKIEFILE would too, but its list of files
      // leaks at every reset (libcurl 7.88).
      curl_easy_setopt(made.get(), CURLOPT_COOKIELIST, "");
    }
    return made;
  }
  Handle easy(idle.back(), give_back);
  idle.pop_back();
  return easy;
}

void EasyPool::give_back(CURL* easy, bool cookies) {
  auto& idle = cookies ? with_cookies_ : plain_;
  if (idle.size() >= max_idle_) {
    curl_easy_cleanup(easy);
    return;
  }
  curl_easy_reset(easy);
  curl_easy_setopt(easy, CURLOPT_SHARE, nullptr);  // which a reset keeps
  if (cookies) {
    curl_easy_setopt(easy, CURLOPT_COOKIELIST, "ALL");  // a reset keeps them, this forgets them
  }
  idle.push_back(easy);
}

}  // namespace vedette::net
