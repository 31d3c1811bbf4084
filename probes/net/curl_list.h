// SPDX-License-Identifier: Apache-2.0
// A curl_slist in two vectors: libcurl only reads it.
#pragma once

#include <string>
#include <vector>

#include <curl/curl.h>

namespace vedette::net {

class CurlList {
 public:
  void add(std::string line) { lines_.push_back(std::move(line)); }
  bool empty() const { return lines_.empty(); }

  // Null when empty. Valid until the next add().
  curl_slist* get() {
    links_.resize(lines_.size());
    for (std::size_t i = 0; i < lines_.size(); ++i) {
      links_[i] = {.data = lines_[i].data(),
                   .next = i + 1 < lines_.size() ? &links_[i + 1] : nullptr};
    }
    return links_.empty() ? nullptr : links_.data();
  }

 private:
  std::vector<std::string> lines_;
  std::vector<curl_slist> links_;
};

}  // namespace vedette::net
