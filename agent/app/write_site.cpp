// SPDX-License-Identifier: Apache-2.0
#include "agent/app/write_site.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <set>
#include <system_error>

#include <fmt/format.h>
#include <unistd.h>

namespace vedette::app {
namespace {

namespace fs = std::filesystem;
using Done = std::expected<void, std::string>;

// What earlier exports wrote, a path a line.
constexpr auto list_name = ".vedette-files";

std::unexpected<std::string> trouble(const fs::path& file, std::string_view what) {
  return std::unexpected(fmt::format("cannot write {}: {}", file.string(), what));
}

bool holds(const fs::path& file, std::string_view content) {
  std::error_code error;
  if (fs::file_size(file, error) != content.size() || error) return false;
  std::ifstream in(file, std::ios::binary);
  std::string present(content.size(), '\0');
  in.read(present.data(), static_cast<std::streamsize>(present.size()));
  return in.gcount() == static_cast<std::streamsize>(content.size()) && present == content;
}

// Written beside it and moved into its place.
Done replace(const fs::path& file, std::string_view content) {
  const auto beside =
      file.parent_path() / fmt::format(".{}.{}", file.filename().string(), getpid());
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  if (error) return trouble(file, error.message());
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  out.write(content.data(), static_cast<std::streamsize>(content.size()));
  out.close();
  if (!out) {
    const std::string why = std::strerror(errno);
    fs::remove(beside, error);
    return trouble(file, why);
  }
  fs::rename(beside, file, error);
  if (!error) return {};
  std::error_code ignored;
  fs::remove(beside, ignored);
  return trouble(file, error.message());
}

std::set<std::string> read_list(const fs::path& list) {
  std::set<std::string> paths;
  std::ifstream in(list);
  for (std::string line; std::getline(in, line);) paths.insert(line);
  return paths;
}

Done write_list(const fs::path& list, const std::set<std::string>& paths) {
  std::string text;
  for (const auto& path : paths) text += path + "\n";
  if (holds(list, text)) return {};
  return replace(list, text);
}

// Somebody may have edited the list: nothing outside the directory is ours.
bool is_inside(const fs::path& path) {
  if (path.empty() || path.is_absolute()) return false;
  for (const auto& part : path) {
    if (part == "..") return false;
  }
  return true;
}

std::size_t remove_stale(const fs::path& directory, const std::set<std::string>& before,
                         const std::set<std::string>& now) {
  std::size_t removed = 0;
  for (const auto& path : before) {
    if (now.contains(path) || !is_inside(path)) continue;
    std::error_code ignored;
    if (fs::remove(directory / path, ignored)) ++removed;
    // Its folder, when that was the last one in it.
    const auto folder = fs::path(path).parent_path();
    if (!folder.empty()) fs::remove(directory / folder, ignored);
  }
  return removed;
}

}  // namespace

std::expected<SiteWritten, std::string> write_site(const fs::path& directory,
                                                   const std::vector<page::File>& files,
                                                   bool whole) {
  SiteWritten written;
  std::set<std::string> paths;
  for (const auto& [path, content] : files) {
    paths.insert(path);
    if (holds(directory / path, content)) {
      ++written.unchanged;
      continue;
    }
    if (auto done = replace(directory / path, content); !done) return std::unexpected(done.error());
    ++written.changed;
  }
  const auto list = directory / list_name;
  const auto before = read_list(list);
  if (whole) {
    written.removed = remove_stale(directory, before, paths);
  } else {
    paths.insert(before.begin(), before.end());
  }
  if (auto done = write_list(list, paths); !done) return std::unexpected(done.error());
  return written;
}

}  // namespace vedette::app
