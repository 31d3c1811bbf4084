// SPDX-License-Identifier: Apache-2.0
// What was saved and done again for TLS, counted by all loops together and read by a scrape without
// a lock. They only grow.
#pragma once

#include <atomic>
#include <cstdint>

namespace vedette {

struct TlsCounts {
  std::atomic<std::uint64_t> memo_hits = 0;             // chains that were known as verified
  std::atomic<std::uint64_t> memo_misses = 0;           // chains verified in full
  std::atomic<std::uint64_t> roots_loaded = 0;          // sets of roots read, or read again
  std::atomic<std::uint64_t> full_context_retries = 0;  // handshakes tried again for exotic peers
};

}  // namespace vedette
