// SPDX-License-Identifier: Apache-2.0
// Reads a whole file in bounded memory.
#pragma once

#include <expected>
#include <filesystem>
#include <string>

namespace vedette::config {

// The bytes of a regular file of at most `limit` bytes. A pipe or a device is refused, as reading
// one may never end. The error goes on after the file's name: "cannot be read: No such file or
// directory".
std::expected<std::string, std::string> read_file(const std::filesystem::path& path,
                                                  std::size_t limit);

}  // namespace vedette::config
