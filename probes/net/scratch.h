// SPDX-License-Identifier: Apache-2.0
// What single operations of one loop need for a moment and would otherwise ask the system for each
// time: random numbers, and buffers for what is received.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace vedette::net {

// Used on one loop thread.
class Scratch : public std::enable_shared_from_this<Scratch> {
 public:
  // Unpredictable: from the kernel, in bulk.
  std::uint16_t random16();

  // A buffer that comes back when it is let go, which keeps the scratch alive. Larger ones than
  // usual do not come back.
  struct LetsGo {
    std::shared_ptr<Scratch> owner;
    void operator()(char* bytes) const;
  };
  using Buffer = std::unique_ptr<char[], LetsGo>;
  Buffer buffer(std::size_t size);

 private:
  static constexpr std::size_t usual_size = 4352;
  static constexpr std::size_t max_spare = 64;

  std::array<std::uint16_t, 128> random_{};
  std::size_t random_left_ = 0;
  std::vector<std::unique_ptr<char[]>> spare_;
};

}  // namespace vedette::net
