// SPDX-License-Identifier: Apache-2.0
#include "tests/support/waited_for_core.h"

#include <cstdint>
#include <fstream>

namespace vedette::test {

std::chrono::milliseconds waited_for_core() {
  std::int64_t on_core = 0;
  std::int64_t waiting = 0;
  std::ifstream("/proc/thread-self/schedstat") >> on_core >> waiting;
  return std::chrono::ceil<std::chrono::milliseconds>(std::chrono::nanoseconds(waiting));
}

}  // namespace vedette::test
