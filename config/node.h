// SPDX-License-Identifier: Apache-2.0
// The loaded document as a tree of values that know where they stand, and typed reads that complain
// there.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/duration.h"
#include "config/problems.h"
#include "config/secret.h"

namespace vedette::config {

// One value. Plain data; the tree is bounded when it is loaded (see document.h).
struct Node {
  enum class Kind : std::uint8_t { null, scalar, list, map };
  struct Entry;  // key, place of the key, value

  Kind kind = Kind::null;
  bool quoted = false;  // the scalar was quoted: it is text, whatever it looks like
  Place place;
  std::string scalar;  // text of a scalar
  std::vector<Node> items;
  std::vector<Entry> entries;  // in the order of the file; keys are unique

  const Node* find(std::string_view key) const;
  // "a map", "a list", "the text \"x\"", "nothing": for messages.
  std::string describe() const;
};

struct Node::Entry {
  std::string key;
  Place place;
  Node value;
};

// Typed reads of single nodes. Each adds a problem at the node's place and returns nothing when the
// type is wrong.
std::optional<std::string> read_text(const Node& node, Problems& problems);
std::optional<bool> read_bool(const Node& node, Problems& problems);
std::optional<std::int64_t> read_integer(const Node& node, Problems& problems, std::int64_t min,
                                         std::int64_t max);
std::optional<double> read_number(const Node& node, Problems& problems);
std::optional<Duration> read_duration(const Node& node, Problems& problems);
// Bytes: 512, 10KiB, 1MiB, 2GiB.
std::optional<std::int64_t> read_size(const Node& node, Problems& problems);
// A literal, {env: NAME} or {file: PATH}; a file's trailing newline is dropped; at most 64 KiB.
// Relative paths are relative to the folder of the configuration file.
std::optional<Secret> read_secret(const Node& node, Problems& problems);

// Reads a map key by key. Keys that nobody asked for are problems (with "did you mean"), told by
// finish(). A Section never throws; after a problem the read returns the fallback, so that all
// problems are found in one go.
class Section {
 public:
  // A node that is no map is a problem here, and the section is then empty. `what` names it: "a
  // check", "http".
  Section(const Node& node, std::string what, Problems& problems);

  const Node& node() const { return node_; }
  Problems& problems() { return problems_; }
  Place place() const { return node_.place; }

  // Marks the key as known. Null pointer when it is absent. An explicit null value counts as
  // absent.
  const Node* find(std::string_view key);
  // As find(), but absence is a problem at the section's place.
  const Node* require(std::string_view key);

  std::string text(std::string_view key, std::string fallback);
  std::string required_text(std::string_view key);
  bool boolean(std::string_view key, bool fallback);
  std::int64_t integer(std::string_view key, std::int64_t fallback, std::int64_t min,
                       std::int64_t max);
  double number(std::string_view key, double fallback);
  Duration duration(std::string_view key, Duration fallback, Duration min, Duration max);
  std::int64_t size(std::string_view key, std::int64_t fallback, std::int64_t min,
                    std::int64_t max);
  std::optional<Secret> secret(std::string_view key);
  // The index of the value in `choices`; any other text is a problem that lists them.
  std::size_t choice(std::string_view key, std::size_t fallback,
                     std::initializer_list<std::string_view> choices);
  // A list of texts; one text alone is a list of one.
  std::vector<std::string> texts(std::string_view key);

  // Reports unknown keys. Call it once, after all reads.
  void finish();

 private:
  const Node& node_;
  std::string what_;
  Problems& problems_;
  std::vector<std::string> known_;
};

}  // namespace vedette::config
