// SPDX-License-Identifier: Apache-2.0
#include "probes/net/tls_verify_memo.h"

#include <cstring>

namespace vedette::net {

// A cryptographic digest is its own good hash.
std::size_t ChainDigestHash::operator()(const ChainDigest& digest) const {
  std::size_t hash = 0;
  std::memcpy(&hash, digest.data(), sizeof hash);
  return hash;
}

// One process sees few generations, levels and flags: the chain alone spreads the keys.
std::size_t MemoKeyHash::operator()(const MemoKey& key) const {
  return ChainDigestHash()(key.chain) ^ key.roots_generation;
}

bool VerifyMemo::holds(const Entry& entry, Steady::time_point now, Instant wall) {
  return now < entry.until && wall >= entry.remembered_at && wall >= entry.chain.not_before &&
         wall < entry.chain.not_after;
}

std::optional<VerifiedChain> VerifyMemo::find(const MemoKey& key, Steady::time_point now,
                                              Instant wall) {
  const Entry* entry = chains_.find(key);
  if (entry != nullptr && holds(*entry, now, wall)) {
    ++hits_;
    return entry->chain;
  }
  ++misses_;
  if (entry != nullptr) chains_.erase(key);
  return std::nullopt;
}

void VerifyMemo::remember(const MemoKey& key, const VerifiedChain& chain, Steady::time_point now,
                          Instant wall) {
  const Entry entry{chain, wall, now + lifetime};
  if (holds(entry, now, wall)) chains_.put(key, entry);
}

}  // namespace vedette::net
