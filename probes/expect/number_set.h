// SPDX-License-Identifier: Apache-2.0
// "200", [200, 204], "200-299", "2xx": a set of whole numbers, written as people write status
// codes.
#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

namespace vedette::expect {

class NumberSet {
 public:
  struct Range {
    std::int64_t first, last;  // both are in the set
  };

  explicit NumberSet(std::vector<Range> ranges) : ranges_(std::move(ranges)) {}

  bool holds(double value) const;
  // "200 or 204", "2xx", "410-418".
  std::string expected() const;

 private:
  std::vector<Range> ranges_;
};

// Numbers of at most 10 digits. The error is one sentence.
std::expected<NumberSet::Range, std::string> parse_range(std::string_view text);
// A status of three digits, or a range or class of them.
std::expected<NumberSet::Range, std::string> parse_status_range(std::string_view text);

}  // namespace vedette::expect
