// SPDX-License-Identifier: Apache-2.0
// Loads a YAML file, or every *.yaml of a directory merged in order of their names, in bounded time and memory.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

#include "config/node.h"
#include "config/problems.h"

namespace vedette::config {

// Bounds on foreign text. A document over one of them is one clear problem, found before memory is spent.
struct Limits {
  std::size_t bytes = 64 << 20;   // of one file; a directory's files together obey the same
  std::size_t nodes = 4'000'000;  // after aliases are expanded
  int depth = 40;
};

// Parses one text. `name` is the file as the problems shall call it. Nothing when there were problems.
std::optional<Node> parse(std::string_view text, const std::string& name, Problems& problems, const Limits& limits = {});

// Loads and merges: lists are joined, maps are merged key by key, and a scalar given twice is a problem
// that names both places. Nothing when there were problems.
std::optional<Node> load(const std::filesystem::path& path, Problems& problems, const Limits& limits = {});

}  // namespace vedette::config
