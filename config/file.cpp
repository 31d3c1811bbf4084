// SPDX-License-Identifier: Apache-2.0
#include "config/file.h"

#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <system_error>

#include <fmt/format.h>

namespace vedette::config {
namespace {

std::unexpected<std::string> unreadable(const std::error_code& error) {
  return std::unexpected(fmt::format("cannot be read: {}", error.message()));
}

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

}  // namespace

std::expected<std::string, std::string> read_file(const std::filesystem::path& path,
                                                  std::size_t limit) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (error) return unreadable(error);
  if (std::filesystem::is_directory(status)) return std::unexpected("is a directory");
  if (!std::filesystem::is_regular_file(status)) return std::unexpected("is not a regular file");

  const std::unique_ptr<std::FILE, Close> file(std::fopen(path.c_str(), "rbe"));
  if (!file) return unreadable({errno, std::generic_category()});
  std::string content;
  std::array<char, 64 << 10> chunk{};
  while (std::feof(file.get()) == 0) {
    const auto got = std::fread(chunk.data(), 1, chunk.size(), file.get());
    if (std::ferror(file.get()) != 0) return unreadable({errno, std::generic_category()});
    if (got > limit - content.size()) {
      return std::unexpected(fmt::format("is larger than {} bytes", limit));
    }
    content.append(chunk.data(), got);
  }
  return content;
}

}  // namespace vedette::config
