// SPDX-License-Identifier: Apache-2.0
// How many descriptors and threads this process has.
#pragma once

#include <cstddef>
#include <filesystem>
#include <iterator>

namespace vedette::test {

inline std::size_t entries(const char* directory) {
  const std::filesystem::directory_iterator all(directory);
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

inline std::size_t open_descriptors() {
  return entries("/proc/self/fd");
}
inline std::size_t threads() {
  return entries("/proc/self/task");
}

}  // namespace vedette::test
