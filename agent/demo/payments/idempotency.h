// SPDX-License-Identifier: Apache-2.0
// Answers under the Idempotency-Key that they were given to, so that a request that is sent again
// is done once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "agent/demo/payments/api_error.h"
#include "agent/web/message.h"
#include "probes/net/lru.h"

namespace vedette::demo {

class Idempotency {
 public:
  static constexpr std::size_t longest_key = 255;
  static constexpr std::size_t kept = 5000;  // the keys that were not used for longest go first

  // The first answer, if the key was used for the same request; idempotency_error if it was used
  // for another one; nothing if it is new.
  Api<std::optional<web::Response>> replay(const std::string& key, const web::Request& request);
  void keep(const std::string& key, const web::Request& request, const web::Response& answer);

  std::uint64_t replays() const { return replays_; }
  std::uint64_t conflicts() const { return conflicts_; }

 private:
  struct Answered {
    std::string fingerprint;
    web::Response response;
  };

  net::Lru<std::string, Answered> answers_{kept};
  std::uint64_t replays_ = 0;
  std::uint64_t conflicts_ = 0;
};

// Of an answer that was given before.
constexpr auto replayed_header = "Idempotent-Replayed";

}  // namespace vedette::demo
