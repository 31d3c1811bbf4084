// SPDX-License-Identifier: Apache-2.0
// libcurl easy handles for use again and again: as many as run at once, not one per check.
#pragma once

#include <cstddef>
#include <memory>
#include <vector>

#include <curl/curl.h>

namespace vedette::net {

class EasyPool {
 public:
  struct GiveBack {
    EasyPool* pool = nullptr;
    bool cookies = false;
    void operator()(CURL* easy) const { pool->give_back(easy, cookies); }
  };
  using Handle = std::unique_ptr<CURL, GiveBack>;

  // Keeps at most this many idle handles of each kind.
  explicit EasyPool(std::size_t max_idle) : max_idle_(max_idle) {}
  ~EasyPool();
  EasyPool(const EasyPool&) = delete;
  EasyPool& operator=(const EasyPool&) = delete;

  // A handle without options. One that ever had a cookie engine keeps it, so these are a kind of
  // their own; it comes without cookies. Null when memory is out. The pool outlives the handle.
  Handle take(bool cookies);

 private:
  using Idle = std::vector<CURL*>;
  void give_back(CURL* easy, bool cookies);

  std::size_t max_idle_;
  Idle plain_;
  Idle with_cookies_;
};

}  // namespace vedette::net
