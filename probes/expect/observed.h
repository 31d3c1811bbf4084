// SPDX-License-Identifier: Apache-2.0
// What a run saw, as plain values without a protocol: the ground that expectations are evaluated
// on.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace vedette::expect {

class JsonDocument;

// A text of which perhaps only the beginning was kept.
struct Text {
  std::string_view kept;
  std::size_t length = 0;  // of the whole text, in bytes

  Text(std::string_view whole) : kept(whole), length(whole.size()) {}  // NOLINT: a view is a text
  Text(std::string_view start, std::size_t full) : kept(start), length(full) {}
  bool cut() const { return kept.size() < length; }
};

// Texts found by a name that is compared without case, such as headers. A name may stand there
// twice.
using NamedTexts = std::span<const std::pair<std::string, std::string>>;

// Texts of which each stands for itself, in no order: capabilities, records of an answer.
using TextSet = std::span<const std::string>;

// Empty: not seen in this run. Times are microseconds. Texts are views: the run keeps what they
// show.
using Value =
    std::variant<std::monostate, Text, double, NamedTexts, TextSet, bool, const JsonDocument*>;

enum class Kind : std::uint8_t {
  text,
  named_texts,
  text_set,
  json,  // values of a document, named by a JSONPath
  flag,  // true or false
  number,
  status,     // a number of 3 digits, with classes: 2xx
  time,       // how long something took, in microseconds
  time_left,  // until something ends, in microseconds; negative: that long ago
};

// One thing of which something can be expected. A probe lists its own in a constant table;
// the index in that table is the subject's place in Observed.
struct Subject {
  std::string_view key;    // in the configuration
  std::string_view words;  // in sentences: "final URL"
  Kind kind = Kind::text;
  std::string_view alias = {};    // another key that means the same
  std::string_view missing = {};  // the sentence when it was not seen; empty: a plain one
};

class Observed {
 public:
  static constexpr std::size_t max_subjects = 28;

  void set(std::size_t subject, Value value) { values_[subject] = value; }
  const Value& operator[](std::size_t subject) const { return values_[subject]; }

 private:
  std::array<Value, max_subjects> values_;
};

}  // namespace vedette::expect
