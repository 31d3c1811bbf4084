// SPDX-License-Identifier: Apache-2.0
// Whoever brings webhooks to where they belong.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace vedette::demo {

struct Delivery {
  std::string url;
  std::shared_ptr<const std::string> body;
  std::string secret;  // that signs it
};

struct DeliveryCounts {
  std::uint64_t delivered = 0;
  std::uint64_t given_up = 0;  // after the last attempt
  std::uint64_t dropped = 0;   // too many were on their way already
  std::size_t pending = 0;
};

class Courier {
 public:
  virtual ~Courier() = default;
  // Returns at once.
  virtual void send(Delivery delivery) = 0;
  virtual DeliveryCounts counts() const = 0;
};

}  // namespace vedette::demo
