// SPDX-License-Identifier: Apache-2.0
// A directory of one test's own, gone with everything in it when the object is.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace vedette::test {

class TempDir {
 public:
  // Below the system's directory for temporary files; mode 0700. Throws std::system_error.
  TempDir();
  ~TempDir();
  TempDir(const TempDir&) = delete;
  TempDir& operator=(const TempDir&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }
  // Writes a file below the directory (and the folders it needs) and returns its full path.
  std::filesystem::path write(std::string_view name, std::string_view content) const;

 private:
  std::filesystem::path path_;
};

// The whole file, or an empty text when it cannot be read.
std::string read_text_file(const std::filesystem::path& path);

}  // namespace vedette::test
