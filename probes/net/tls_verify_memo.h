// SPDX-License-Identifier: Apache-2.0
// Remembers for minutes which presented chains were verified, so that a check that sees the same
// bytes again need not verify their signatures again. Pure: time is handed in.
//
// What a hit skips: the chain's signatures, path building, extensions, dates. What it never skips,
// because it is not done here: the peer's proof that it has the key, and whether the certificate
// names the host.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>

#include "probes/clock.h"
#include "probes/net/lru.h"

namespace vedette::net {

using ChainDigest =
    std::array<unsigned char, 32>;  // SHA-256 of count, and length and DER of each certificate

struct ChainDigestHash {
  std::size_t operator()(const ChainDigest& digest) const;
};

// Everything that a verdict depends on, except the time.
struct MemoKey {
  ChainDigest chain{};
  std::uint64_t roots_generation =
      0;  // never reused, so that no freed store can be mistaken for a later one
  int security_level = 0;
  int purpose = 0;
  unsigned long flags = 0;
  int profile = 0;  // library context

  bool operator==(const MemoKey&) const = default;
};

struct MemoKeyHash {
  std::size_t operator()(const MemoKey& key) const;
};

// Of the chain that was verified, its anchor included.
struct VerifiedChain {
  Instant not_before{};  // the latest
  Instant not_after{};   // the earliest

  bool operator==(const VerifiedChain&) const = default;
};

class VerifyMemo {
 public:
  static constexpr auto lifetime = std::chrono::minutes(10);

  explicit VerifyMemo(std::size_t capacity) : chains_(capacity) {}

  // A hit only while the entry is younger than its lifetime, within the dates of the verified
  // chain, and the wall clock has not been set back since. Counts hits and misses.
  std::optional<VerifiedChain> find(const MemoKey& key, Steady::time_point now, Instant wall);

  // Only chains that were accepted. Chains whose dates do not hold `wall` are not remembered.
  void remember(const MemoKey& key, const VerifiedChain& chain, Steady::time_point now,
                Instant wall);
  // For verifications that were done without asking.
  void count_miss() { ++misses_; }
  void clear() { chains_.clear(); }

  std::size_t size() const { return chains_.size(); }
  std::uint64_t hits() const { return hits_; }
  std::uint64_t misses() const { return misses_; }

 private:
  struct Entry {
    VerifiedChain chain;
    Instant remembered_at;
    Steady::time_point until;
  };
  static bool holds(const Entry& entry, Steady::time_point now, Instant wall);

  Lru<MemoKey, Entry, MemoKeyHash> chains_;
  std::uint64_t hits_ = 0;
  std::uint64_t misses_ = 0;
};

}  // namespace vedette::net
