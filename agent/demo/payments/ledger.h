// SPDX-License-Identifier: Apache-2.0
// Every payment with its state, and what they come to: this is what shows that a flow cleans up.
#pragma once

#include <cstdint>
#include <list>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "agent/demo/payments/intent.h"

namespace vedette::demo {

// So many payments, and what they come to by currency.
struct Pile {
  std::size_t count = 0;
  std::map<std::string, std::int64_t> amounts{};

  void add(const std::string& currency, std::int64_t amount);
};

struct Sums {
  std::size_t payments = 0;  // all that there ever were
  std::size_t unlisted = 0;  // of these, how many have been forgotten for want of room
  Pile open;                 // authorised, neither captured nor cancelled
  Pile captured;             // captured and not, or not wholly, refunded: what is left of it
  Pile refunded;
  std::size_t refunded_twice = 0;  // more was given back than was taken; must never be
};

class Ledger {
 public:
  // When there are more than `kept`, the oldest that holds no money is forgotten; only when all
  // hold some, the oldest one. What a forgotten one held stays in the sums for ever.
  explicit Ledger(std::size_t kept = 5000) : kept_(kept) {}

  // A new payment, or the newest state of one.
  void put(Intent intent);
  // Null when unknown. Good until the next put().
  const Intent* find(std::string_view id) const;
  // The state before the newest change: what a reader sees that lags behind. Null when there was
  // none.
  const Intent* find_stale(std::string_view id) const;
  // The payment with this refund.
  const Intent* find_by_refund(std::string_view refund) const;
  std::vector<const Intent*> newest_first() const;
  Sums sums() const;

 private:
  struct Entry {
    Intent now;
    std::optional<Intent> before;
  };
  using Entries = std::list<Entry>;  // the oldest first

  const Entry* entry(std::string_view id) const;
  void make_room();

  std::size_t kept_;
  Entries entries_;
  std::unordered_map<std::string, Entries::iterator> places_;
  Sums forgotten_;
};

}  // namespace vedette::demo
