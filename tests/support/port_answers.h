// SPDX-License-Identifier: Apache-2.0
// Whether somebody listens on a port of 127.0.0.1.
#pragma once

#include <cstdint>

namespace vedette::test {

// Connects and goes away at once.
bool port_answers(std::uint16_t port);

}  // namespace vedette::test
