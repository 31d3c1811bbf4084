// SPDX-License-Identifier: Apache-2.0
// How many descriptors and threads this process has.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <thread>

namespace vedette::test {

inline std::size_t entries(const char* directory) {
  const std::filesystem::directory_iterator all(directory);
  return static_cast<std::size_t>(std::distance(begin(all), end(all)));
}

inline std::size_t open_descriptors() {
  return entries("/proc/self/fd");
}
// Once it stands still: the thread of a server that has just been started may still be opening
// something, or have something open for a moment.
inline std::size_t settled_descriptors() {
  std::size_t count = open_descriptors();
  for (int alike = 0; alike < 5;) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    const std::size_t next = open_descriptors();
    alike = next == count ? alike + 1 : 0;
    count = next;
  }
  return count;
}
inline std::size_t threads() {
  return entries("/proc/self/task");
}

}  // namespace vedette::test
