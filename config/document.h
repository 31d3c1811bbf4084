// SPDX-License-Identifier: Apache-2.0
// Loads a YAML file, or every *.yaml of a directory merged in order of their names, in bounded time
// and memory.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "config/node.h"
#include "config/problems.h"

namespace vedette::config {

// Bounds on foreign text. A document over one of them is one clear problem, found before memory is
// spent.
struct Limits {
  std::size_t bytes = 16 << 20;   // of all files together; again of all text with aliases expanded
  std::size_t nodes = 1'000'000;  // of all files together, with aliases expanded
  int depth = 40;                 // of lists and maps in each other
};

// Parses one text, UTF-8 with or without a byte order mark. `name` is the file as the problems
// shall call it. Nothing when it is no YAML or over a limit. A duplicate key is a problem too, but
// leaves a tree (the first value stands), so that the caller can find the rest of the problems: go
// by problems.empty(), not by the tree.
std::optional<Node> parse(std::string_view text, const std::string& name, Problems& problems,
                          const Limits& limits = {});

// Loads a file, or merges the *.yaml files of a directory (no subdirectories, no hidden files):
// lists are joined, maps are merged key by key, and anything else given twice is a problem that
// names both places. The tree is a map, or nothing as parse() has it.
std::optional<Node> load(const std::filesystem::path& path, Problems& problems,
                         const Limits& limits = {});

}  // namespace vedette::config
