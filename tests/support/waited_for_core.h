// SPDX-License-Identifier: Apache-2.0
// How long this thread was ready to run and the kernel had no core for it: no fault of the code
// under test.
#pragma once

#include <chrono>

namespace vedette::test {

// Since the thread began; take the difference of two calls. Zero where the kernel does not tell.
std::chrono::milliseconds waited_for_core();

}  // namespace vedette::test
