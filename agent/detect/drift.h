// SPDX-License-Identifier: Apache-2.0
// Notices that the other side is made otherwise than before. Pure; counts runs, knows no time.
//
// A value is new when none of the last 20 runs saw it: so an address that takes turns with others,
// or a name that several servers answer, is no endless row of changes. What is new again and again
// all the same (a number that every answer has for itself) is told three times, and then not until
// it has kept still.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "probes/sights/sight.h"

namespace vedette::detect {

struct Shift {
  std::string what;  // as in sights::Seen
  std::string before, after;
  bool restless = false;  // the last one that is told for now: it changes all the time
};

class Drift {
 public:
  static constexpr std::uint32_t reach = 20;  // runs
  static constexpr std::size_t patience = 3;  // shifts within so many runs

  Drift() = default;
  // `remembered` is what memory() gave before a restart or an edit; what cannot be read is
  // forgotten, and so is what is watched no longer.
  Drift(std::string_view remembered, std::span<const sights::Sight> watched);

  struct Looked {
    std::vector<Shift> shifts;
    bool met_new = false;  // also what is not told: memory() may be another one
  };
  // What one run saw. The first value of each is taken as it is.
  Looked look(const std::vector<sights::Seen>& seen);

  // What is there at present, a line each: for whoever asks why.
  std::vector<std::string> account() const;
  // At most 64 KiB: of 16 things eight values.
  std::string memory() const;

 private:
  struct Known {
    std::string value;
    std::uint32_t last_run = 0;
  };
  struct Watched {
    std::string what;
    std::uint32_t run = 0;                // how many have seen any value
    std::vector<Known> known;             // the newest arrival last
    std::vector<std::uint32_t> arrivals;  // runs that saw a new value, within reach

    bool is_restless() const { return arrivals.size() > patience; }
    std::vector<Known>::const_iterator present() const;  // the last one that was seen
    void forget_old();
    bool meet(const std::string& value, std::vector<Shift>& shifts);
  };

  Watched& watched(const std::string& what);

  std::vector<Watched> all_;
};

}  // namespace vedette::detect
