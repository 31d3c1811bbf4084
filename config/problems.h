// SPDX-License-Identifier: Apache-2.0
// Collects every complaint about the configuration, each with its place, so that all are told at
// once.
#pragma once

#include <compare>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace vedette::config {

// The name of a file, held once for all the places in it: a large tree has hundreds of thousands of
// them.
class FileName {
 public:
  FileName() = default;
  // Implicit on purpose: a file name is written as a text wherever a Place is made.
  FileName(std::string name) : name_(std::make_shared<const std::string>(std::move(name))) {}
  FileName(const char* name) : FileName(std::string(name)) {}

  const std::string& text() const;
  bool operator==(const FileName& other) const { return text() == other.text(); }
  std::strong_ordering operator<=>(const FileName& other) const { return text() <=> other.text(); }

 private:
  std::shared_ptr<const std::string> name_;
};

// Where something stands. Lines and columns count from 1, columns in bytes; line 0 means "the file
// as a whole".
struct Place {
  FileName file;
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
  // What another list kept, ordered by its places.
  void add(const Problems& found);
  bool empty() const { return kept_.empty(); }
  // Nothing more is kept: what only makes a message better need not be worked out any more.
  bool full() const { return kept_.size() >= limit; }
  // Kept problems ordered by file, line and column.
  std::vector<Problem> sorted() const;
  // One problem per line, and a last line when some were not kept.
  std::string text() const;

 private:
  std::vector<Problem> kept_;
  std::size_t dropped_ = 0;
};

// Foreign text for a message: in double quotes, control characters escaped, cut after 60 bytes.
std::string quote(std::string_view text);

}  // namespace vedette::config
