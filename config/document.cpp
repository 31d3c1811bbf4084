// SPDX-License-Identifier: Apache-2.0
#include "config/document.h"

#include <algorithm>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "config/file.h"
#include "config/text_check.h"
#include "config/tree.h"
#include "config/yaml.h"

namespace vedette::config {
namespace {

namespace fs = std::filesystem;

std::optional<Node> parse_within(std::string_view text, const std::string& name, int depth,
                                 Budget& budget, Problems& problems) {
  const auto checked = check_text(text, name, problems);
  if (!checked) return std::nullopt;
  return read_yaml(*checked, name, depth, budget, problems);
}

bool is_configuration(const fs::directory_entry& entry) {
  const auto name = entry.path().filename().string();
  std::error_code ignored;
  return name.ends_with(".yaml") && !name.starts_with('.') && !entry.is_directory(ignored);
}

// By name, so that the merged order and the messages are the same everywhere.
std::optional<std::vector<fs::path>> list_files(const fs::path& directory, Problems& problems) {
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::directory_iterator it(directory, error), end; !error && it != end; it.increment(error)) {
    if (is_configuration(*it)) files.push_back(it->path());
  }
  if (error) {
    problems.add({directory.string()}, fmt::format("cannot be read: {}", error.message()));
    return std::nullopt;
  }
  if (files.empty()) {
    problems.add({directory.string()}, "this directory holds no *.yaml file");
    return std::nullopt;
  }
  std::ranges::sort(files);
  return files;
}

// Loads files one after the other, all within the same limits.
class Loader {
 public:
  Loader(const Limits& limits, Problems& problems)
      : limits_(limits), bytes_left_(limits.bytes), budget_(limits), problems_(problems) {}

  std::optional<Node> load(const fs::path& path) {
    const auto name = path.string();
    const auto content = read_file(path, bytes_left_);
    if (!content) {
      problems_.add({name}, content.error());
      return std::nullopt;
    }
    bytes_left_ -= content->size();
    auto root = parse_within(*content, name, limits_.depth, budget_, problems_);
    if (!root || root->kind == Node::Kind::map || root->kind == Node::Kind::null) return root;
    problems_.add(root->place,
                  fmt::format("a configuration is a map of keys, found {}", root->describe()));
    return std::nullopt;
  }

 private:
  const Limits& limits_;
  std::size_t bytes_left_;
  Budget budget_;
  Problems& problems_;
};

}  // namespace

std::optional<Node> parse(std::string_view text, const std::string& name, Problems& problems,
                          const Limits& limits) {
  if (text.size() > limits.bytes) {
    problems.add({name}, fmt::format("is larger than {} bytes", limits.bytes));
    return std::nullopt;
  }
  Budget budget(limits);
  return parse_within(text, name, limits.depth, budget, problems);
}

std::optional<Node> load(const fs::path& path, Problems& problems, const Limits& limits) {
  std::error_code ignored;
  std::vector<fs::path> files{path};
  if (fs::is_directory(path, ignored)) {
    auto found = list_files(path, problems);
    if (!found) return std::nullopt;
    files = *std::move(found);
  }
  Loader loader(limits, problems);
  std::vector<Node> roots;
  for (const auto& file : files) {
    if (auto root = loader.load(file)) roots.push_back(*std::move(root));
  }
  if (roots.size() != files.size()) return std::nullopt;
  auto merged = merge(std::move(roots), problems);
  if (merged.place.line == 0) merged.place = {path.string()};
  return merged;
}

}  // namespace vedette::config
