// SPDX-License-Identifier: Apache-2.0
// Collects every complaint about the configuration, each with its place, so that all are told at once.
#pragma once

#include <string>
#include <vector>

namespace vedette::config {

// Where something stands. Lines and columns count from 1; 0 means "the file as a whole".
struct Place {
  std::string file;
  int line = 0;
  int column = 0;

  // "file:line:column", or just "file".
  std::string text() const;
  bool operator==(const Place&) const = default;
};

struct Problem {
  Place place;
  std::string message;  // one sentence: what is wrong and what would be right

  // "file:line:column: message".
  std::string text() const;
};

// Grows only; bounded: after `limit` problems the rest is counted, not kept.
class Problems {
 public:
  static constexpr std::size_t limit = 1000;

  void add(Place place, std::string message);
  bool empty() const { return kept_.empty(); }
  // Kept problems ordered by file, line and column.
  std::vector<Problem> sorted() const;
  // One problem per line, and a last line when some were not kept.
  std::string text() const;

 private:
  std::vector<Problem> kept_;
  std::size_t dropped_ = 0;
};

}  // namespace vedette::config
